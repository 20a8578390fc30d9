// The messages: their fields, their length once filled in, and what each must say.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "playbook/judging/words.h"
#include "playbook/messages.h"
#include "playbook/template.h"

namespace tocsin::playbook {

namespace {

constexpr std::size_t kLongestCodeWord = 30;

// BCP 47 in lower case, as far as messages need it: "en", "cy", "pt-br".
bool is_language(std::string_view text) {
  std::size_t part = 0;
  std::size_t length = 0;
  const auto ends_well = [&] { return part == 0 ? length == 2 || length == 3 : length >= 2; };
  for (const char c : text) {
    if (c == '-') {
      if (!ends_well()) return false;
      ++part;
      length = 0;
    } else if ((c >= 'a' && c <= 'z') || (part > 0 && c >= '0' && c <= '9')) {
      ++length;
    } else {
      return false;
    }
  }
  return ends_well() && text.size() <= 16;
}

std::string bracketed(std::span<const Field> fields) {
  std::string out;
  for (const Field field : fields)
    out += fmt::format("{}{{{}}}", out.empty() ? "" : ", ", to_text(field));
  return out;
}

bool uses(const std::vector<Field>& fields, Field field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

// Checks that a message says whether it is real or an exercise (lib/README.md, rule 9), where to
// go, and the coordinator's text.
void judge_what_it_says(Node node, MessageKind kind, const std::vector<Field>& used,
                        Judging& judging) {
  if (!is_for_strangers(kind) && !uses(used, Field::kind))
    judging.error(node, "the message does not say whether it is REAL or an EXERCISE",
                  "begin it with {kind}");
  if (kind == MessageKind::update && !uses(used, Field::text))
    judging.error(node, "an update without the coordinator's words", "put {text} in it");
  if (kind == MessageKind::nudge && !uses(used, Field::link) && !uses(used, Field::code_word))
    judging.error(node, "a nudge that leads nowhere", "put {link} or {code_word} in it");
  const bool sends_people = kind == MessageKind::request || kind == MessageKind::assigned;
  for (const Field field : {Field::report_to, Field::by})
    if (sends_people && !uses(used, field))
      judging.warning(node,
                      field == Field::by ? "the message does not say by when"
                                         : "the message does not say where to report",
                      fmt::format("put {{{}}} in it", to_text(field)));
  const CodeWords& code = judging.book.messages.code_words;
  if (uses(used, Field::code_word) && code.any.empty() && !code.say_what_to_do())
    judging.error(node, "the message uses {code_word}, but none is agreed",
                  "add \"code_words:\" or \"code_word: …\"");
}

// GSM 7-bit text has 160 characters in a message; anything else makes it 70 (3GPP TS 23.038).
std::size_t longest_here(MessageKind kind, std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  constexpr std::size_t kUcs2 = 70;
  return is_for_strangers(kind) && !ascii ? kUcs2 : longest(kind);
}

void judge_message(Node node, MessageKind kind, const std::map<Field, std::size_t>& field_lengths,
                   Judging& judging) {
  const std::string_view text = node.text();
  const auto allowed = fields_for(kind);
  for (const TemplateFault& fault : faults_of(text))
    judging.error(node,
                  fault.word.empty()
                      ? "a bracket without its partner"
                      : fmt::format("unknown field {{{}}}", document::shown(fault.word)),
                  fault.word.empty() ? "write \"{{\" or \"}}\" for the bracket itself"
                                     : document::meant(fault.word, field_words()));
  if (!faults_of(text).empty()) return;  // its fields are not known
  const std::vector<Field> used = fields_of(text);
  FieldValues longest_values;
  for (const Field field : used) {
    longest_values[field] = std::string(field_lengths.at(field), 'x');
    if (std::find(allowed.begin(), allowed.end(), field) == allowed.end())
      judging.error(
          node, fmt::format("{{{}}} has no place in a {} message", to_text(field), to_text(kind)),
          allowed.empty() ? "it has no fields" : fmt::format("it may use {}", bracketed(allowed)));
  }
  judge_what_it_says(node, kind, used, judging);
  const std::size_t length = document::length_of(render(text, longest_values));
  if (const std::size_t most = longest_here(kind, text); length > most)
    judging.error(
        node,
        fmt::format("up to {} characters once its fields are filled in: at most {}", length, most),
        "shorten it, or the longest area, role or place that it names");
}

void judge_language(std::string_view language, Node node,
                    const std::map<Field, std::size_t>& field_lengths, Judging& judging) {
  Fields fields{node, judging.findings, fmt::format("the messages in \"{}\"", language)};
  if (!fields.is_mapping()) return;
  std::string absent;
  for (std::size_t i = 0; i < kMessageKinds; ++i) {
    const auto kind = static_cast<MessageKind>(i);
    const auto message = fields.optional(to_text(kind));
    if (!message) {
      absent += fmt::format("{}{}", absent.empty() ? "" : ", ", to_text(kind));
      continue;
    }
    if (document::read_text(*message, judging.findings, {.most = 1000}))
      judge_message(*message, kind, field_lengths, judging);
  }
  fields.finish();
  if (!absent.empty() && language != "en")
    judging.warning(node, fmt::format("not in \"{}\": {}", language, absent),
                    "people who read this language get the English words instead");
}

// Nobody may take one for the other, so no word has two meanings, whatever its capitals.
void judge_code_words(Node node, Judging& judging) {
  Fields fields{node, judging.findings, "the code words"};
  if (!fields.is_mapping()) return;
  std::map<std::string, int> lines;
  for (const std::string_view occasion : kOccasionWords) {
    const auto given = fields.required(occasion);
    if (!given) continue;
    Fields words{*given, judging.findings, fmt::format("the code words of {}", occasion)};
    if (!words.is_mapping()) continue;
    for (const std::string_view meaning : kMeaningWords) {
      const auto word = words.required(meaning);
      if (!word) continue;
      const auto text = document::read_text(*word, judging.findings, {.most = kLongestCodeWord});
      if (!text) continue;
      const auto [first, is_new] = lines.emplace(base::to_lower(*text), word->line());
      if (!is_new)
        judging.error(*word,
                      fmt::format("the code word \"{}\" has two meanings", document::shown(*text)),
                      fmt::format("it stands on line {} already: agree another", first->second));
    }
    words.finish();
  }
  fields.finish();
}

}  // namespace

void judge_messages(Fields& top, Judging& judging) {
  const auto code_word = top.optional("code_word");
  const auto code_words = top.optional("code_words");
  judge_text(code_word, kLongestCodeWord, judging);
  if (code_words) judge_code_words(*code_words, judging);
  if (code_word && code_words)
    judging.error(*code_word, "there is a code word for every message and one for each meaning",
                  "keep \"code_words\"");
  const auto messages = top.optional("messages");
  if (!messages) return;
  if (!messages->is_mapping()) {
    judging.error(*messages, "expected messages by language", "begin with \"en:\"");
    return;
  }
  const auto field_lengths = longest_fields(judging.book);
  for (const document::Entry entry : messages->entries()) {
    const std::string_view language = entry.key.text();
    if (is_language(language))
      judge_language(language, entry.value, field_lengths, judging);
    else
      judging.error(entry.key, fmt::format("\"{}\" is not a language", document::shown(language)),
                    "use a BCP 47 tag in lower case, such as en or cy");
  }
}

}  // namespace tocsin::playbook
