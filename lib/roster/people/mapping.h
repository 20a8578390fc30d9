// Says what the columns and the words of a CSV file mean. It knows the usual headings of ESR and of
// rostering systems; a mapping file or --map gives others (tocsin-roster(5)).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"

namespace tocsin::roster {

enum class Presence : std::uint8_t { optional, required };
enum class Width : std::uint8_t { one, several };  // how many columns a field may have

// A field and its usual headings; "First Name+Last Name" means two columns that give it together.
struct Field {
  std::string_view name;
  std::vector<std::string_view> headings;
  Presence presence = Presence::optional;
  Width width = Width::one;
  std::string_view instead = {};  // fields of which one will do when this one has no column
};

// Whether a heading is one of the field's usual ones, however it is written.
bool is_heading_of(const Field& field, std::string_view heading);

struct Mapping {
  std::map<std::string, std::vector<std::string>, std::less<>> columns;  // field to headings
  // By field, then by the file's canonical word: our word.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> words;
  std::string country = "44";  // calling code of national telephone numbers

  // Adds "name=Full Name" from the command line, which overrides the mapping file. Naming a field
  // again adds a column. False for another form or an unknown field.
  bool add_flag(std::string_view flag, std::span<const Field> fields);
  // Our word for a cell's word: canonical, and translated if `words` has it.
  std::string word(std::string_view field, std::string_view text) const;

 private:
  std::set<std::string> from_flags_;
};

// Reads the YAML of a mapping file. Faults go to `findings`; returns everything that could be read.
Mapping parse_mapping(std::string_view text, std::string_view file, std::span<const Field> fields,
                      document::Findings& findings);

// The columns of each field in one table.
class Columns {
 public:
  // Reports required fields without a column, columns of the mapping that the table does not have,
  // and headings that occur twice; warns of the columns that are not read. When the headings stand
  // below a title, says in which row. `others` are columns that the caller reads itself.
  Columns(const document::Table& table, const Mapping& mapping, std::span<const Field> fields,
          document::Findings& findings, std::span<const std::size_t> others = {});
  // Empty when the table has no such column.
  const std::vector<std::size_t>& of(std::string_view field) const;
  std::optional<std::size_t> first(std::string_view field) const;
  // The columns with a heading or a text that no field has taken.
  std::vector<std::size_t> unread(const document::Table& table) const;
  // Whether every required field has a column.
  bool are_complete() const noexcept { return complete_; }

 private:
  void demand(const document::Table& table, const Mapping& mapping, std::span<const Field> fields,
              document::Findings& findings);
  void warn_of_unread(const document::Table& table, document::Findings& findings) const;

  std::map<std::string, std::vector<std::size_t>, std::less<>> columns_;
  bool complete_ = true;
};

}  // namespace tocsin::roster
