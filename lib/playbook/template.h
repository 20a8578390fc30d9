// Message templates: text with {fields} from a fixed list. A field that is not on the list is a fault of
// the playbook, found when it is checked; rendering never fails.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/playbook.h"

namespace tocsin::playbook {

enum class Field : std::uint8_t {
  kind,       // "REAL" or "EXERCISE"
  incident,   // its short name
  title,      // the playbook's
  site,       // name of the site
  caller,     // who calls
  area,       // title of the area
  role,       // title of the role
  report_to,  // where
  by,         // "23:10"
  shift,      // title of the shift
  text,       // the coordinator's own words, in an update
  code_word,  // as agreed
  link,       // to the page
};
inline constexpr std::size_t kFields = 13;
std::string_view to_text(Field field);

using FieldValues = std::map<Field, std::string>;

// Fields without a value become nothing. "{{" and "}}" stand for the brackets themselves.
std::string render(std::string_view text, const FieldValues& values);

struct TemplateFault {
  std::size_t offset = 0;  // of the "{" or "}"
  std::string word;        // what stood in the brackets; empty for a bracket that is never closed
};
// Every field that does not exist and every bracket without its partner.
std::vector<TemplateFault> faults_of(std::string_view text);
std::vector<Field> fields_of(std::string_view text);

// Characters that a kind may have once its fields are filled in. A nudge fits one text message with
// its link; the rest fit the smallest padding of an envelope or a lock screen that shows nothing.
std::size_t longest(MessageKind kind);

// The most that each field can come to in this playbook, in characters.
std::map<Field, std::size_t> longest_fields(const Playbook& playbook);

}  // namespace tocsin::playbook
