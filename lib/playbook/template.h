// Message templates: text with {fields} from a fixed list. A field that is not on the list is a
// fault, which the check of a playbook reports. Rendering never fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
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
std::span<const std::string_view> field_words();
std::span<const std::string_view> message_kind_words();

using FieldValues = std::map<Field, std::string>;

// A field without a value is left out. "{{" and "}}" are the brackets themselves.
std::string render(std::string_view text, const FieldValues& values);

struct TemplateFault {
  std::size_t offset = 0;  // in bytes, of the "{" or "}"
  std::string word;        // inside the brackets; empty for a bracket without its partner
};
// Every field that does not exist and every bracket without its partner.
std::vector<TemplateFault> faults_of(std::string_view text);
// Every use of a field, in order.
std::vector<Field> fields_of(std::string_view text);

}  // namespace tocsin::playbook
