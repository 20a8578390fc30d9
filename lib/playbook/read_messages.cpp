// The messages: their fields, their length once filled in, and what each must say.
#include <fmt/format.h>

#include <algorithm>

#include "playbook/messages.h"
#include "playbook/reading.h"
#include "playbook/screen.h"
#include "playbook/template.h"

namespace tocsin::playbook {

namespace {

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

// What a message fails at without: whether it is real (rule 9), where to go, what was said.
void check_says(Node node, MessageKind kind, const std::vector<Field>& used, Reading& reading) {
  if (kind != MessageKind::nudge && !uses(used, Field::kind))
    reading.error(node, "the message does not say whether it is REAL or an EXERCISE",
                  "begin it with {kind}");
  if (kind == MessageKind::update && !uses(used, Field::text))
    reading.error(node, "an update without the coordinator's words", "put {text} in it");
  if (kind == MessageKind::nudge && !uses(used, Field::link) && !uses(used, Field::code_word))
    reading.error(node, "a nudge that leads nowhere", "put {link} or {code_word} in it");
  const bool sends_people = kind == MessageKind::request || kind == MessageKind::assigned;
  for (const Field field : {Field::report_to, Field::by})
    if (sends_people && !uses(used, field))
      reading.warning(node,
                      field == Field::by ? "the message does not say by when"
                                         : "the message does not say where to report",
                      fmt::format("put {{{}}} in it", to_text(field)));
  if (uses(used, Field::code_word) && reading.book.messages.code_word.empty())
    reading.error(node, "the message uses {code_word}, but none is agreed", "add \"code_word: …\"");
}

// GSM 7-bit text has 160 characters in a message; anything else makes it 70 (3GPP TS 23.038).
std::size_t longest_here(MessageKind kind, std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  constexpr std::size_t kUcs2 = 70;
  return kind == MessageKind::nudge && !ascii ? kUcs2 : longest(kind);
}

void check_message(Node node, MessageKind kind, const std::map<Field, std::size_t>& field_lengths,
                   Reading& reading) {
  const std::string_view text = node.text();
  const auto allowed = fields_for(kind);
  for (const TemplateFault& fault : faults_of(text))
    reading.error(node,
                  fault.word.empty()
                      ? "a bracket without its partner"
                      : fmt::format("unknown field {{{}}}", document::shown(fault.word)),
                  fault.word.empty() ? "write \"{{\" or \"}}\" for the bracket itself"
                                     : document::meant(fault.word, field_words()));
  if (!faults_of(text).empty()) return;  // what it says cannot be judged yet
  const std::vector<Field> used = fields_of(text);
  FieldValues longest_values;
  for (const Field field : used) {
    longest_values[field] = std::string(field_lengths.at(field), 'x');
    if (std::find(allowed.begin(), allowed.end(), field) == allowed.end())
      reading.error(
          node, fmt::format("{{{}}} has no place in a {} message", to_text(field), to_text(kind)),
          fmt::format("it may use {}", bracketed(allowed)));
  }
  check_says(node, kind, used, reading);
  const std::size_t length = document::length_of(render(text, longest_values));
  if (const std::size_t most = longest_here(kind, text); length > most)
    reading.error(
        node,
        fmt::format("up to {} characters once its fields are filled in: at most {}", length, most),
        "shorten it, or the longest area, role or place that it names");
}

void read_language(std::string_view language, Node node,
                   const std::map<Field, std::size_t>& field_lengths, Reading& reading) {
  Fields fields{node, reading.findings, fmt::format("the messages in \"{}\"", language)};
  if (!fields.is_mapping()) return;
  auto& texts = reading.book.messages.texts[std::string{language}];
  std::string absent;
  for (std::size_t i = 0; i < kMessageKinds; ++i) {
    const auto kind = static_cast<MessageKind>(i);
    const auto message = fields.optional(to_text(kind));
    if (!message) {
      absent += fmt::format("{}{}", absent.empty() ? "" : ", ", to_text(kind));
      continue;
    }
    auto text = document::read_text(*message, reading.findings, {.most = 1000});
    if (!text) continue;
    check_message(*message, kind, field_lengths, reading);
    texts[i] = *std::move(text);
  }
  fields.finish();
  if (!absent.empty() && language != "en")
    reading.warning(node, fmt::format("not in \"{}\": {}", language, absent),
                    "people who read this language get the English words instead");
}

}  // namespace

void read_messages(std::optional<Node> messages, std::optional<Node> code_word, Reading& reading) {
  if (code_word)
    if (auto word = document::read_text(*code_word, reading.findings, {.most = 30}))
      reading.book.messages.code_word = *std::move(word);
  if (!messages) return;
  if (!messages->is_mapping()) {
    reading.error(*messages, "expected messages by language", "begin with \"en:\"");
    return;
  }
  const auto field_lengths = longest_fields(reading.book);
  for (const document::Entry entry : messages->entries()) {
    const std::string_view language = entry.key.text();
    if (is_language(language))
      read_language(language, entry.value, field_lengths, reading);
    else
      reading.error(entry.key, fmt::format("\"{}\" is not a language", document::shown(language)),
                    "use a BCP 47 tag in lower case, such as en or cy");
  }
}

}  // namespace tocsin::playbook
