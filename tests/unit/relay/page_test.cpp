#include "relay/page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "base/clock.h"
#include "relay/server.h"
#include "seal/words.h"
#include "unit/relay/people.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "lib/relay/page";
const fs::path kLanguages = "lib/relay/language";

std::string text_of(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream{path, std::ios::binary}.rdbuf();
  return out.str();
}

// A file as a phone gets it: without comments, indentation and empty lines.
std::string as_served(const fs::path& path) {
  const std::string written = text_of(path);
  if (path.extension() == ".png" || path.extension() == ".webmanifest") return written;
  std::istringstream lines{written};
  std::string served;
  bool is_comment = false;  // in one of the style
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
    if (const auto at = line.find("  //"); at != std::string::npos) line.erase(at);
    is_comment = is_comment || line.starts_with("/*");
    const bool is_left_out =
        is_comment || line.empty() || line.starts_with("//") || line.starts_with("<!--");
    if (line.ends_with("*/")) is_comment = false;
    if (!is_left_out) served += line + '\n';
  }
  return served;
}

TEST(Page, CarriesEveryFileOfItsFolderButForCommentsAndIndentation) {
  for (const auto& entry : fs::directory_iterator{kFolder}) {
    const std::string name = entry.path().filename().string();
    const PageFile* file = page_file(name == "index.html" ? "/" : "/" + name);
    ASSERT_NE(file, nullptr) << name << " is not in lib/relay/CMakeLists.txt";
    EXPECT_EQ(std::string(file->content.begin(), file->content.end()), as_served(entry.path()));
    const bool is_picture = entry.path().extension() == ".png";  // packed already
    EXPECT_EQ(file->packed.empty(), is_picture) << name;
    EXPECT_TRUE(is_picture || file->packed.size() < file->content.size()) << name;
  }
}

TEST(Page, SpeaksEachLanguageOfItsFolderToWhoReadsItAndEnglishToTheRest) {
  const PageFile& english = *page_file("/language.txt");
  EXPECT_EQ(english.language, "en");
  std::size_t languages = 0;
  for (const auto& entry : fs::directory_iterator{kLanguages}) {
    const std::string code = entry.path().stem().string();
    const PageFile& file = in_language_of(english, code);
    EXPECT_EQ(file.language, code) << "is not in lib/relay/CMakeLists.txt";
    EXPECT_EQ(file.path, english.path);
    EXPECT_EQ(std::string(file.content.begin(), file.content.end()), text_of(entry.path()));
    ++languages;
  }
  EXPECT_GE(languages, 4U);

  const auto given = [&](std::string_view accepted) {
    return in_language_of(english, accepted).language;
  };
  EXPECT_EQ(given(""), "en");
  EXPECT_EQ(given("tlh, de-DE;q=0.9, *;q=0.1"), "en");
  EXPECT_EQ(given("pl-PL,pl;q=0.9,en;q=0.8"), "pl");
  EXPECT_EQ(given("en;q=0.5, CY ;q=0.7 , pl; q=0.6"), "cy");
  EXPECT_EQ(given("fr, ur"), "ur");
  EXPECT_EQ(given("cy, pl"), "cy");
  EXPECT_EQ(given("pl;q=0"), "en");
  EXPECT_EQ(given("en;Q=0.1, pl;q=0.2"), "pl");
  for (const char* junk : {"pl;q=", "pl;q=2", "pl;q=nan", "pl;q=-1", "pl;q=1x", "pl;level=1", "plx",
                           ";;,,;q=1", "-", "p", "pl_PL", "pl pl"})
    EXPECT_EQ(given(junk), "en") << junk;
  EXPECT_EQ(&in_language_of(*page_file("/app.js"), "pl"), page_file("/app.js"));
}

// A reader chooses among the languages that language.js names.
TEST(Page, OffersEachLanguageOfItsFolder) {
  const std::string script = text_of(kFolder / "language.js");
  const std::string list = script.substr(script.find("LANGUAGES = {"));
  for (const auto& entry : fs::directory_iterator{kLanguages}) {
    const std::string code = entry.path().stem().string();
    EXPECT_NE(list.substr(0, list.find('}')).find(code + ": '"), std::string::npos) << code;
  }
}

// A header of 8 KiB, which anybody can send, may list 8,000 languages.
TEST(Page, LooksThroughNoMoreLanguagesThanAReaderHas) {
  const PageFile& english = *page_file("/language.txt");
  EXPECT_EQ(in_language_of(english, std::string(500, ',') + "pl").language, "pl");
  EXPECT_EQ(in_language_of(english, std::string(8'000, ',') + "pl").language, "en");
}

TEST(Page, IsPackedForWhoUnpacksIt) {
  for (const char* header : {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "GZIP"})
    EXPECT_TRUE(accepts(header, "gzip")) << header;
  for (const char* header : {"", "identity", "gzip;q=0", "gzip; q=0.000", "br", "agzip", "*;q=0"})
    EXPECT_FALSE(accepts(header, "gzip")) << header;
}

TEST(Page, HasTheWordsOfFingerprints) {
  const PageFile& words = *page_file("/words.txt");
  std::string expected;
  for (const std::string_view word : seal::fingerprint_word_list())
    expected += std::string{word} + '\n';
  EXPECT_EQ(std::string(words.content.begin(), words.content.end()), expected);
}

// With a weak signal the page must load within a few seconds. Counts what a browser of one language
// fetches. The limits are those of tocsin-page(7).
TEST(Page, IsSmallAsWrittenAndSmallerWhenPacked) {
  struct Size {
    std::size_t as_written = 0;
    std::size_t packed = 0;
    std::size_t headers = 0;
  };
  std::map<std::string_view, Size> sizes;  // by language; "" is what every browser fetches
  for (const PageFile& file : page_files()) {
    Size& size = sizes[file.language];
    size.as_written += file.content.size();
    size.packed += file.packed.empty() ? file.content.size() : file.packed.size();
    for (const auto& [name, value] : page_headers(file))
      size.headers += name.size() + value.size() + 4;
  }
  const Size all = sizes[""];
  for (const auto& [language, size] : sizes) {
    if (language.empty()) continue;
    EXPECT_LT(all.as_written + size.as_written, 90'000U) << language;
    EXPECT_LT(all.packed + size.packed, 30'000U) << language;
    EXPECT_LT(all.headers + size.headers, 4'000U) << language;
  }
  EXPECT_LT(page_file("/words.txt")->content.size(), 2'000U);
}

// Without a preload line the browser finds a module only in the one that imports it, which takes
// one more round trip.
TEST(Page, AsksForEveryModuleAtOnce) {
  const std::string page = text_of(kFolder / "index.html");
  for (const PageFile& file : page_files()) {
    if (!file.path.ends_with(".js") || file.path == "/worker.js") continue;
    EXPECT_NE(page.find("=" + std::string{file.path} + ">"), std::string::npos) << file.path;
  }
}

// The service worker keeps the files that are listed there.
TEST(Page, NamesItsVersionAndEveryFile) {
  const PageFile& version = *page_file("/version");
  std::istringstream lines{std::string(version.content.begin(), version.content.end())};
  const std::vector<std::string> words{std::istream_iterator<std::string>{lines}, {}};
  EXPECT_EQ(std::set(words.begin(), words.end()).size(), words.size());
  EXPECT_EQ(words.front().size(), 16U);
  for (const PageFile& file : page_files()) {
    const bool is_listed = std::ranges::find(words, file.path) != words.end();
    EXPECT_EQ(is_listed, file.path != "/version") << file.path;
  }
}

TEST(Page, HasThePolicyAndAsksForNothingElsewhere) {
  for (const PageFile& file : page_files()) {
    const std::string text(file.content.begin(), file.content.end());
    EXPECT_EQ(text.find("://"), std::string::npos) << file.path;
    EXPECT_EQ(text.find("innerHTML"), std::string::npos) << file.path;
  }
}

TEST(Page, IsServedWithItsHeadersPackedOrPlainAndOnce) {
  const base::SystemClock clock;
  Server server{{}, clock};
  server.start();
  const auto ask = [&](std::string_view path, const std::string& more) {
    PlainSocket socket{server.port()};
    socket.say("GET " + std::string{path} + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more +
               "\r\n");
    return socket.hear();
  };
  const PageFile& app = *page_file("/app.js");
  const std::string plain = ask("/app.js", "");
  EXPECT_TRUE(plain.starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(plain.ends_with(std::string(app.content.begin(), app.content.end())));
  EXPECT_NE(plain.find("Content-Type: text/javascript; charset=utf-8"), std::string::npos);
  EXPECT_NE(plain.find("X-Content-Type-Options: nosniff"), std::string::npos);
  EXPECT_EQ(plain.find("Content-Security-Policy"), std::string::npos);
  for (const std::string_view path : {"/", "/worker.js"}) {
    const std::string answer = ask(path, "");
    EXPECT_EQ(page_headers(*page_file(path)).size(), 7U);
    for (const auto& [name, value] : page_headers(*page_file(path)))
      EXPECT_NE(answer.find(std::string{name} + ": " + std::string{value}), std::string::npos)
          << path << " " << name;
  }
  EXPECT_EQ(plain.find("no-store"), std::string::npos);
  const std::string polish = ask("/language.txt", "Accept-Language: pl-PL, en;q=0.5\r\n");
  EXPECT_NE(polish.find("\nlanguage pl\n"), std::string::npos);
  EXPECT_NE(polish.find("Vary: Accept-Encoding, Accept-Language"), std::string::npos);

  const std::string packed = ask("/app.js", "Accept-Encoding: gzip, deflate, br\r\n");
  EXPECT_NE(packed.find("Content-Encoding: gzip"), std::string::npos);
  EXPECT_TRUE(packed.ends_with(std::string(app.packed.begin(), app.packed.end())));

  const std::string tag{app.tag};
  for (const std::string& tags : {tag, "W/" + tag, "\"0\", " + tag}) {
    const std::string known = ask("/app.js", "If-None-Match: " + tags + "\r\n");
    EXPECT_TRUE(known.starts_with("HTTP/1.1 304")) << tags;
    EXPECT_TRUE(known.ends_with("\r\n\r\n")) << tags;
    EXPECT_EQ(known.find("Content-Length"), std::string::npos);
  }
  EXPECT_TRUE(ask("/app.js", "If-None-Match: \"0\"\r\n").starts_with("HTTP/1.1 200"));
}

}  // namespace
}  // namespace tocsin::relay
