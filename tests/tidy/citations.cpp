#include "tidy/citations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

#include "tidy/source.h"

namespace tocsin::tidy {

namespace {

constexpr std::string_view kSectionSign = "\xC2\xA7";
constexpr std::string_view kPaper = "lib/README.md, ";

// A comment on one line: what goes on after "// " or "# " is one sentence with what stands before.
// As long as the text, so that offsets stay right.
std::string unfolded(std::string_view text) {
  std::string flat{text};
  for (std::size_t at = 0; at < flat.size(); ++at) {
    if (flat[at] != '\n') continue;
    flat[at] = ' ';
    for (std::size_t next = at + 1;
         next < flat.size() && (flat[next] == ' ' || flat[next] == '/' || flat[next] == '#');)
      flat[next++] = ' ';
  }
  return flat;
}

// The next word from `from`, without the spaces before it.
std::string_view word_at(std::string_view text, std::size_t from) {
  while (from < text.size() && text[from] == ' ') ++from;
  std::size_t end = from;
  while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) ++end;
  return text.substr(from, end - from);
}

bool is_after_rfc(std::string_view text, std::size_t at) {
  constexpr std::size_t kName = 12;  // "RFC 9180, " and a little more
  const std::size_t from = at < kName ? 0 : at - kName;
  return text.substr(from, at - from).find("RFC ") != std::string_view::npos;
}

// The line of the paper that a citation from `at` needs: "## Faults", or the start of "3. …".
// Nothing when the sentence merely goes on.
std::string cited(std::string_view text, std::size_t at) {
  const std::string_view word = word_at(text, at);
  if (word.empty()) return "";
  if (std::isupper(static_cast<unsigned char>(word.front())) != 0)
    return fmt::format("\n## {}\n", word);
  if (word != "rule") return "";
  const auto after = static_cast<std::size_t>(word.data() - text.data()) + word.size();
  return fmt::format("\n{}. ", word_at(text, after));
}

bool is_there(const std::string& name, const Paths& files) {
  static constexpr auto kRoots =
      std::to_array<std::string_view>({"", "lib/", "tests/", "tests/unit/"});
  return std::any_of(kRoots.begin(), kRoots.end(), [&](std::string_view root) {
    return files.contains(std::string{root} + name);
  });
}

// Each match of `pattern` for which `is_sound` is false is a breach.
template <class IsSound>
Breaches unsound(std::string_view path, std::string_view text, const std::regex& pattern,
                 const IsSound& is_sound) {
  Breaches breaches;
  for (std::cregex_iterator at{text.data(), text.data() + text.size(), pattern}, end; at != end;
       ++at)
    if (!is_sound(*at))
      breaches.push_back({std::string{path},
                          line_of(text, static_cast<std::size_t>(at->position(0))),
                          fmt::format("there is no {}", at->str())});
  return breaches;
}

}  // namespace

Breaches citations(std::string_view path, std::string_view text, std::string_view readme) {
  Breaches breaches;
  const std::string flat = unfolded(text);
  const auto breach = [&](std::size_t at, std::string what) {
    breaches.push_back({std::string{path}, line_of(text, at), std::move(what)});
  };
  for (std::size_t at = flat.find(kSectionSign); at != flat.npos;
       at = flat.find(kSectionSign, at + 1))
    if (!is_after_rfc(flat, at)) breach(at, "a section of a document that the project has not");
  for (std::size_t at = flat.find(kPaper); at != flat.npos; at = flat.find(kPaper, at + 1)) {
    const std::string line = cited(flat, at + kPaper.size());
    if (!line.empty() && readme.find(line) == readme.npos)
      breach(at, fmt::format("{}but it has no line{}", kPaper, line));
  }
  return breaches;
}

Breaches cited_pages(std::string_view path, std::string_view text, const Paths& files) {
  static const std::regex kPage{R"((tocsin(-[a-z]+)*)\(([157])\))"};
  return unsound(path, text, kPage, [&](const std::cmatch& page) {
    return files.contains(fmt::format("man/{}.{}", page.str(1), page.str(3)));
  });
}

Breaches named_paths(std::string_view path, std::string_view text, const Paths& files) {
  static const std::regex kPath{
      R"(`([a-zA-Z0-9_.-]+(?:/[a-zA-Z0-9_.-]+)*/[a-zA-Z0-9_-]+\.[a-z157]+)`)"};
  static const std::regex kToCome{R"((NAME|WORD|CODE|FOLDER))"};
  return unsound(path, text, kPath, [&](const std::cmatch& name) {
    return std::regex_search(name.str(1), kToCome) || is_there(name.str(1), files);
  });
}

}  // namespace tocsin::tidy
