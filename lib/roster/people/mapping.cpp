#include "roster/people/mapping.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contact/telephone.h"
#include "document/fields.h"
#include "document/yaml.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

// "Employee Number", "employee_number" and "EmployeeNumber" are one heading.
std::string heading_key(std::string_view heading) {
  std::string out;
  for (const char c : fold(heading))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      out += c;
  return out;
}

std::vector<std::string> read_headings(document::Node node, document::Findings& findings) {
  std::vector<std::string> out;
  if (node.is_scalar()) {
    if (auto heading = document::read_text(node, findings)) out.push_back(*std::move(heading));
    return out;
  }
  if (!node.is_sequence()) {
    findings.error(node.place(), "expected the heading of a column, or a list of headings",
                   "name: [First Name, Last Name]");
    return out;
  }
  for (const document::Node item : node.items())
    if (auto heading = document::read_text(item, findings)) out.push_back(*std::move(heading));
  return out;
}

void read_words(document::Node node, Mapping& mapping, std::span<const Field> fields,
                document::Findings& findings) {
  document::Fields words{node, findings, "words"};
  for (const Field& field : fields) {
    const auto table = words.optional(field.name);
    if (!table) continue;
    if (!table->is_mapping()) {
      findings.error(table->place(), "expected the file's words, each with ours",
                     "Staff Nurse: nurse");
      continue;
    }
    for (const auto [theirs, ours] : table->entries()) {
      const std::string key = canonical_word(theirs.text());
      const auto word = document::read_id(ours, findings, document::kWordMarks);
      if (key.empty())
        findings.error(theirs.place(), "a word without letters or digits");
      else if (word)
        mapping.words[std::string{field.name}][key] = *word;
    }
  }
  words.finish();
}

}  // namespace

bool is_heading_of(const Field& field, std::string_view heading) {
  const std::string key = heading_key(heading);
  return std::any_of(field.headings.begin(), field.headings.end(),
                     [&](std::string_view usual) { return heading_key(usual) == key; });
}

bool Mapping::add_flag(std::string_view flag, std::span<const Field> fields) {
  const auto equals = flag.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string name{base::trim(flag.substr(0, equals))};
  const std::string_view heading = base::trim(flag.substr(equals + 1));
  const bool known = std::any_of(fields.begin(), fields.end(),
                                 [&](const Field& field) { return field.name == name; });
  if (!known || heading.empty()) return false;
  if (from_flags_.insert(name).second) columns[name].clear();
  columns[name].emplace_back(heading);
  return true;
}

std::string Mapping::word(std::string_view field, std::string_view text) const {
  std::string own = canonical_word(text);
  const auto table = words.find(field);
  if (table == words.end()) return own;
  const auto translated = table->second.find(own);
  return translated == table->second.end() ? own : translated->second;
}

Mapping parse_mapping(std::string_view text, std::string_view file, std::span<const Field> fields,
                      document::Findings& findings) {
  Mapping mapping;
  const auto document = document::parse_yaml(text, file, findings);
  if (!document) return mapping;
  document::Fields root{document->root(), findings, "a mapping file"};
  if (const auto format = root.required("format")) document::read_count(*format, findings, 1, 1);
  if (const auto country = root.optional("country")) {
    const auto code = document::read_text(*country, findings);
    const std::string_view digits =
        code ? std::string_view{*code}.substr(code->starts_with('+') ? 1 : 0) : "";
    if (contact::is_calling_code(digits))
      mapping.country = digits;
    else if (code)
      findings.error(country->place(), "not a country's calling code", "country: \"+44\"");
  }
  if (const auto columns = root.optional("columns")) {
    document::Fields named{*columns, findings, "columns"};
    for (const Field& field : fields)
      if (const auto headings = named.optional(field.name))
        mapping.columns[std::string{field.name}] = read_headings(*headings, findings);
    named.finish();
  }
  if (const auto words = root.optional("words")) read_words(*words, mapping, fields, findings);
  root.finish();
  return mapping;
}

namespace {

// The row below the first that has a heading for every field that is required: a title stands above
// the headings, as reports of spreadsheets have one.
std::optional<int> heading_row(const document::Table& table, const Mapping& mapping,
                               std::span<const Field> fields) {
  constexpr std::size_t kLooked = 12;  // rows
  for (std::size_t row = 0; row < std::min(kLooked, table.rows()); ++row) {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < table.columns(); ++i)
      keys.insert(heading_key(table.cell(row, i).text));
    const auto has = [&](std::string_view heading) { return keys.contains(heading_key(heading)); };
    const auto is_named = [&](const Field& field) {
      if (const auto named = mapping.columns.find(field.name); named != mapping.columns.end())
        return std::all_of(named->second.begin(), named->second.end(), has);
      return std::any_of(field.headings.begin(), field.headings.end(),
                         [&](std::string_view heading) {
                           const auto parts = base::split(heading, '+');
                           return std::all_of(parts.begin(), parts.end(), has);
                         });
    };
    const bool is_it = std::all_of(fields.begin(), fields.end(), [&](const Field& field) {
      if (field.presence != Presence::required || is_named(field)) return true;
      const auto others = base::split(field.instead, ' ');
      return std::any_of(fields.begin(), fields.end(), [&](const Field& other) {
        return std::find(others.begin(), others.end(), other.name) != others.end() &&
               is_named(other);
      });
    });
    if (is_it) return table.row_number(row);
  }
  return std::nullopt;
}

}  // namespace

Columns::Columns(const document::Table& table, const Mapping& mapping,
                 std::span<const Field> fields, document::Findings& findings,
                 std::span<const std::size_t> others) {
  if (!others.empty()) columns_[""] = {others.begin(), others.end()};
  std::map<std::string, std::size_t> by_key;
  std::vector<std::string> keys;
  std::vector<std::string_view> headings;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    headings.push_back(table.header(i).text);
    keys.push_back(heading_key(headings.back()));
    if (!keys.back().empty()) by_key.emplace(keys.back(), i);
  }
  const auto take = [&](std::string_view field, std::string_view heading) {
    const std::size_t at = by_key.at(heading_key(heading));
    if (std::count(keys.begin(), keys.end(), keys[at]) > 1)
      findings.error(
          table.place(table.header(at)),
          fmt::format("row 1: the column \"{}\" stands there twice", base::printable(headings[at])),
          "give each column a heading of its own");
    columns_[std::string{field}].push_back(at);
  };
  const auto has = [&](std::string_view heading) { return by_key.contains(heading_key(heading)); };

  const std::size_t before = findings.errors();
  for (const Field& field : fields) {
    if (const auto named = mapping.columns.find(field.name); named != mapping.columns.end()) {
      for (const std::string& heading : named->second) {
        if (has(heading))
          take(field.name, heading);
        else
          findings.error({table.file(), 1, 1},
                         fmt::format("row 1: no column \"{}\", which the mapping names for {}",
                                     base::printable(heading), field.name),
                         base::printable(document::meant(heading, headings)));
      }
      continue;
    }
    for (const std::string_view heading : field.headings) {
      const auto parts = base::split(heading, '+');
      if (!std::all_of(parts.begin(), parts.end(), has)) continue;
      for (const std::string_view part : parts) take(field.name, part);
      if (field.width == Width::one) break;
    }
  }
  demand(table, mapping, fields, findings);
  if (findings.errors() == before) warn_of_unread(table, findings);
}

void Columns::demand(const document::Table& table, const Mapping& mapping,
                     std::span<const Field> fields, document::Findings& findings) {
  std::vector<std::string_view> headings;
  for (std::size_t i = 0; i < table.columns(); ++i) headings.push_back(table.header(i).text);
  for (const Field& field : fields) {
    if (field.presence != Presence::required || !of(field.name).empty()) continue;
    const auto others = base::split(field.instead, ' ');
    if (std::any_of(others.begin(), others.end(),
                    [&](std::string_view other) { return !other.empty() && !of(other).empty(); }))
      continue;
    complete_ = false;
    if (const auto row = heading_row(table, mapping, fields)) {
      findings.error({table.file(), 1, 1},
                     fmt::format("row 1 is a title: the headings are in row {}", *row),
                     "delete the rows above the headings");
      break;  // whatever else is missing
    }
    findings.error({table.file(), 1, 1},
                   fmt::format("row 1: no column for the {}, such as \"{}\"", field.name,
                               field.headings.front()),
                   fmt::format("name it with --map {}=\"HEADING\"; the file has: {}", field.name,
                               base::printable(fmt::format("{}", fmt::join(headings, ", ")))));
  }
}

std::vector<std::size_t> Columns::unread(const document::Table& table) const {
  std::vector<bool> read(table.columns(), false);
  for (const auto& [field, columns] : columns_)
    for (const std::size_t column : columns) read[column] = true;
  const auto has_text = [&](std::size_t column) {
    if (!base::trim(table.header(column).text).empty()) return true;
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (!table.cell(row, column).text.empty()) return true;
    return false;
  };
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < table.columns(); ++i)
    if (!read[i] && has_text(i)) out.push_back(i);
  return out;
}

// Telephone numbers under a heading that nobody knows must not be missed in silence.
void Columns::warn_of_unread(const document::Table& table, document::Findings& findings) const {
  std::vector<std::string> names;
  const std::vector<std::size_t> columns = unread(table);
  for (const std::size_t column : columns)
    names.push_back(table.header(column).text.empty()
                        ? fmt::format("column {} without a heading", column + 1)
                        : fmt::format("\"{}\"", document::shown(table.header(column).text)));
  if (!names.empty())
    findings.warning(table.place(table.header(columns.front())),
                     "row 1: not read, as no field has such a column: " + base::join(names, ", "),
                     "--map FIELD=\"HEADING\" says what a column is");
}

const std::vector<std::size_t>& Columns::of(std::string_view field) const {
  static const std::vector<std::size_t> kNone;
  const auto at = columns_.find(field);
  return at == columns_.end() ? kNone : at->second;
}

std::optional<std::size_t> Columns::first(std::string_view field) const {
  const std::vector<std::size_t>& all = of(field);
  return all.empty() ? std::nullopt : std::optional{all.front()};
}

}  // namespace tocsin::roster
