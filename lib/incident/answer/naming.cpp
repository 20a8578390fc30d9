#include "incident/answer/naming.h"

#include <algorithm>
#include <limits>

#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

namespace {

constexpr std::size_t kShortestPart = 2;  // an initial is no name

struct NamePart {
  std::string text;
  bool is_telling = false;  // nobody else's, and no word of an answer
};
using Name = std::vector<NamePart>;

bool has_part(const Name& name, std::string_view text) {
  return std::ranges::any_of(name, [&](const NamePart& part) { return part.text == text; });
}

std::vector<Name> parts_of(std::span<const std::string> names) {
  std::vector<Name> all;
  for (const std::string& name : names) {
    Name& parts = all.emplace_back();
    const std::string plain = plain_spelling(name);
    for (Token& token : tokens_of(plain, std::numeric_limits<std::size_t>::max()))
      if (token.kind == Token::Kind::word && token.text.size() >= kShortestPart)
        parts.push_back({std::move(token.text)});
  }
  for (Name& name : all)
    for (NamePart& part : name) {
      const auto owners =
          std::ranges::count_if(all, [&](const Name& one) { return has_part(one, part.text); });
      const Token token{Token::Kind::word, part.text, false};
      part.is_telling = owners == 1 && phrase_at({&token, 1}).meaning == Meaning::unknown;
    }
  return all;
}

// Tokens beside each other that are parts of one name.
struct Run {
  std::size_t first = 0;
  std::size_t end = 0;
};

bool is_part(const Token& token, const Name& name) {
  return token.kind == Token::Kind::word && has_part(name, token.text);
}

bool names_person(std::span<const Token> run, const Name& name) {
  const auto said = [&](const NamePart& part) {
    return std::ranges::any_of(run, [&](const Token& token) { return token.text == part.text; });
  };
  return std::ranges::any_of(name,
                             [&](const NamePart& part) { return part.is_telling && said(part); }) ||
         (name.size() > 1 && std::ranges::all_of(name, said));
}

std::vector<Run> name_runs(std::span<const Token> tokens, const Name& name) {
  std::vector<Run> runs;
  for (std::size_t at = 0; at < tokens.size();) {
    Run run{at, at};
    while (run.end < tokens.size() && is_part(tokens[run.end], name)) ++run.end;
    if (run.end > run.first && names_person(tokens.subspan(run.first, run.end - run.first), name))
      runs.push_back(run);
    at = std::max(run.end, at + 1);
  }
  return runs;
}

bool divides(const Token& token) {
  return token.kind == Token::Kind::mark || token.kind == Token::Kind::stop;
}

// With what divides it from the answer: "Ana: yes", "yes - Ana".
void take_out(std::vector<Token>& tokens, Run run) {
  while (run.end < tokens.size() && divides(tokens[run.end])) ++run.end;
  while (run.end == tokens.size() && run.first > 0 && divides(tokens[run.first - 1])) --run.first;
  if (run.end < tokens.size()) tokens[run.end].is_joined = false;
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(run.first),
               tokens.begin() + static_cast<std::ptrdiff_t>(run.end));
}

}  // namespace

std::optional<std::size_t> take_name(std::vector<Token>& tokens,
                                     std::span<const std::string> names) {
  std::optional<std::size_t> whose;
  std::vector<Run> found;
  const std::vector<Name> all = parts_of(names);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<Run> runs = name_runs(tokens, all[i]);
    if (runs.empty()) continue;
    if (whose) return std::nullopt;
    whose = i;
    found = std::move(runs);
  }
  for (auto run = found.rbegin(); run != found.rend(); ++run) take_out(tokens, *run);
  return whose;
}

}  // namespace tocsin::incident
