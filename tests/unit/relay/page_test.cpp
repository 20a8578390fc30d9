#include "relay/page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "base/clock.h"
#include "relay/server.h"
#include "unit/relay/people.h"

namespace tocsin::relay {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "lib/relay/page";

std::string text_of(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream{path, std::ios::binary}.rdbuf();
  return out.str();
}

TEST(Page, CarriesEveryFileOfItsFolderUnchanged) {
  for (const auto& entry : fs::directory_iterator{kFolder}) {
    const std::string name = entry.path().filename().string();
    const PageFile* file = page_file(name == "index.html" ? "/" : "/" + name);
    ASSERT_NE(file, nullptr) << name << " is not in lib/relay/CMakeLists.txt";
    EXPECT_EQ(std::string(file->content.begin(), file->content.end()), text_of(entry.path()));
    EXPECT_LT(file->packed.size(), file->content.size()) << name;
  }
}

// On one bar of signal the page must stand within a second or two. A translation is fetched by who
// reads that language only.
TEST(Page, IsSmallAsWrittenAndSmallerOnTheWay) {
  std::size_t in_english = 0;
  std::size_t longest_translation = 0;
  std::size_t translations = 0;
  std::size_t on_the_way = 0;
  for (const PageFile& file : page_files()) {
    if (file.path.ends_with(".txt")) {
      longest_translation = std::max(longest_translation, file.content.size());
      translations += file.content.size();
    } else {
      in_english += file.content.size();
    }
    on_the_way += file.packed.empty() ? file.content.size() : file.packed.size();
    for (const auto& [name, value] : page_headers(file))
      on_the_way += name.size() + value.size() + 4;
  }
  EXPECT_LT(on_the_way, 36'000U);
  EXPECT_LT(in_english, 62'900U);
  EXPECT_LT(in_english + longest_translation, 65'800U);
  EXPECT_LT(in_english + translations, 69'800U);
}

// Without its line the browser learns of a module only from the one that wants it: a round trip
// more.
TEST(Page, AsksForEveryModuleAtOnce) {
  const std::string page = text_of(kFolder / "index.html");
  for (const PageFile& file : page_files()) {
    if (!file.path.ends_with(".js") || file.path == "/worker.js") continue;
    EXPECT_NE(page.find("=\"" + std::string{file.path} + "\""), std::string::npos) << file.path;
  }
}

// The worker keeps what is listed there.
TEST(Page, NamesItsVersionAndEveryFile) {
  const PageFile& version = *page_file("/version");
  std::istringstream lines{std::string(version.content.begin(), version.content.end())};
  const std::vector<std::string> words{std::istream_iterator<std::string>{lines}, {}};
  ASSERT_EQ(words.size(), page_files().size());
  EXPECT_EQ(words.front().size(), 16U);
  for (const PageFile& file : page_files()) {
    const bool is_listed = std::ranges::find(words, file.path) != words.end();
    EXPECT_EQ(is_listed, file.path != "/version") << file.path;
  }
}

TEST(Page, HasThePolicyAndAsksForNothingElsewhere) {
  for (const PageFile& file : page_files()) {
    const std::string text(file.content.begin(), file.content.end());
    const bool is_picture = file.path.ends_with(".svg");  // names the namespace, fetches nothing
    EXPECT_TRUE(is_picture || text.find("://") == std::string::npos) << file.path;
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
  for (const std::string_view path : {"/", "/worker.js", "/icon.svg"}) {
    const std::string answer = ask(path, "");
    EXPECT_EQ(page_headers(*page_file(path)).size(), 7U);
    for (const auto& [name, value] : page_headers(*page_file(path)))
      EXPECT_NE(answer.find(std::string{name} + ": " + std::string{value}), std::string::npos)
          << path << " " << name;
  }
  EXPECT_EQ(plain.find("no-store"), std::string::npos);

  const std::string packed = ask("/app.js", "Accept-Encoding: gzip, deflate, br\r\n");
  EXPECT_NE(packed.find("Content-Encoding: gzip"), std::string::npos);
  EXPECT_TRUE(packed.ends_with(std::string(app.packed.begin(), app.packed.end())));

  const std::string known = ask("/app.js", "If-None-Match: " + std::string{app.tag} + "\r\n");
  EXPECT_TRUE(known.starts_with("HTTP/1.1 304"));
  EXPECT_TRUE(known.ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace tocsin::relay
