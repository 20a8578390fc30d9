// Which columns of a CSV file say what, and which of its words mean which of ours. The usual
// headings of ESR and of rostering systems are known; a mapping file or --map names others
// (tocsin-roster(5)).
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
enum class Width : std::uint8_t { one, several };  // whether more than one column may say it

// A field of ours and the headings that it is found under when nobody says otherwise; "First
// Name+Last Name" means two columns that say it together.
struct Field {
  std::string_view name;
  std::vector<std::string_view> headings;
  Presence presence = Presence::optional;
  Width width = Width::one;
};

struct Mapping {
  std::map<std::string, std::vector<std::string>, std::less<>> columns;  // field to headings
  // Field, to the file's canonical word, to ours.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> words;
  std::string country = "44";  // that national telephone numbers belong to

  // "name=Full Name": a column named on the command line wins over the file; naming a field again
  // adds a column. False when it is not of that form or there is no such field.
  bool add_flag(std::string_view flag, std::span<const Field> fields);
  // Our word for what a cell says: canonical, and translated where `words` has it.
  std::string word(std::string_view field, std::string_view text) const;

 private:
  std::set<std::string> from_flags_;
};

// The YAML of a mapping file. Faults go to `findings`; what could be read is returned.
Mapping parse_mapping(std::string_view text, std::string_view file, std::span<const Field> fields,
                      document::Findings& findings);

// Where each field stands in one table.
class Columns {
 public:
  // Reports required fields that no column has, columns named in the mapping that the table lacks,
  // and headings that stand there twice.
  Columns(const document::Table& table, const Mapping& mapping, std::span<const Field> fields,
          document::Findings& findings);
  // Empty when the table has no such column.
  const std::vector<std::size_t>& of(std::string_view field) const;
  std::optional<std::size_t> first(std::string_view field) const;

 private:
  std::map<std::string, std::vector<std::size_t>, std::less<>> columns_;
};

}  // namespace tocsin::roster
