#include "tidy/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tidy/source.h"

namespace tocsin::tidy {

namespace {

// The words of a page without roff's escapes: "\-\-at" becomes "--at"; ".B staff list" and
// "\fBstaff\fP \fIlist\fP" become "staff list".
std::string words_of(std::string_view page) {
  std::string text;
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (page[i] == '\\' && i + 1 < page.size() && page[i + 1] == 'f') {
      i += i + 2 < page.size() && page[i + 2] == '(' ? 4 : 2;
    } else if (page[i] == '\\' && i + 1 < page.size() &&
               (page[i + 1] == '-' || page[i + 1] == ' ')) {
      text += page[++i];
    } else if (page[i] != '"') {
      text += page[i];
    }
  }
  return text;
}

bool says(const std::string& text, std::string_view word) {
  for (const std::size_t at : find_word(text, word)) {
    // --at-least does not document --at.
    const std::size_t end = at + word.size();
    if (end == text.size() || text[end] != '-') return true;
  }
  return false;
}

}  // namespace

Breaches missing_from_page(std::string_view path, std::string_view page,
                           const std::vector<Documented>& commands) {
  Breaches breaches;
  const std::string text = words_of(page);
  const auto need = [&](bool there, std::string what) {
    if (!there) breaches.push_back({std::string{path}, 1, std::move(what)});
  };
  need(page.find(".TH ") != page.npos || page.find(".Dt ") != page.npos, "has no title line");
  need(says(text, "EXIT STATUS"), "has no EXIT STATUS");
  need(says(text, "EXAMPLES") || says(text, "EXAMPLE"), "has no EXAMPLES");
  for (const Documented& command : commands) {
    need(says(text, command.command), fmt::format("does not say \"{}\"", command.command));
    for (const std::string& option : command.options)
      need(says(text, option), fmt::format("does not say {} of {}", option, command.command));
  }
  return breaches;
}

Breaches missing_from_overview(std::string_view page, const std::vector<std::string>& words,
                               const std::vector<std::string>& options) {
  Breaches breaches;
  const std::string text = words_of(page);
  const auto need = [&](bool there, std::string what) {
    if (!there) breaches.push_back({"man/tocsin.1", 1, std::move(what)});
  };
  for (const std::string& word : words)
    need(says(text, fmt::format("tocsin-{}", word)), fmt::format("does not name tocsin-{}", word));
  for (const std::string& option : options)
    need(says(text, option), fmt::format("does not say {}", option));
  const std::string_view kPage = "tocsin-";
  for (const std::size_t at : find_word(text, kPage.substr(0, 6))) {
    const std::size_t end = text.find_first_of(" ,\n(", at);
    const std::string name = text.substr(at, end - at);
    // Only pages of section 1, as "tocsin-board (1)": section 5 specifies formats.
    if (!name.starts_with(kPage) || !text.substr(at + name.size()).starts_with(" (1)")) continue;
    need(std::find(words.begin(), words.end(), name.substr(kPage.size())) != words.end(),
         fmt::format("names {}, which is no command", name));
  }
  const std::size_t status = text.find("EXIT STATUS");
  need(status != text.npos, "has no EXIT STATUS");
  if (status != text.npos)
    for (const char code : std::string_view{"012345679"})  // none has 8 yet
      need(says(text.substr(status), std::string_view{&code, 1}),
           fmt::format("does not say what exit code {} means", code));
  return breaches;
}

}  // namespace tocsin::tidy
