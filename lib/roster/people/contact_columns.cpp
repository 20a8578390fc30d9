#include "roster/people/contact_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "contact/address.h"
#include "roster/people/people_fields.h"

namespace tocsin::roster {

namespace {

// The field whose addresses stand in most of a column's cells; empty when there is none.
std::string_view field_of(const document::Table& table, std::size_t column,
                          std::string_view country) {
  constexpr std::size_t kLooked = 200;  // cells with text
  std::size_t seen = 0;
  std::size_t numbers = 0;
  std::size_t emails = 0;
  for (std::size_t row = 0; row < table.rows() && seen < kLooked; ++row) {
    const std::string_view text = table.cell(row, column).text;
    if (text.empty()) continue;
    ++seen;
    const auto is = [&](contact::Form form) {
      return std::holds_alternative<contact::Address>(contact::parse_address(form, text, country));
    };
    numbers += is(contact::Form::telephone) ? 1 : 0;
    emails += is(contact::Form::email) ? 1 : 0;
  }
  if (emails * 2 > seen) return "email";
  return numbers * 2 > seen ? "phone" : "";
}

}  // namespace

std::vector<ContactColumn> contact_columns(const Columns& columns) {
  std::vector<ContactColumn> out;
  for (const Field& field : people_fields()) {
    const auto channels = channels_of(field.name);
    for (const std::size_t column : columns.of(field.name))
      if (!channels.empty()) out.push_back({column, channels});
  }
  std::stable_sort(out.begin(), out.end(), [](const ContactColumn& a, const ContactColumn& b) {
    return a.column < b.column;
  });
  return out;
}

void judge_contact_columns(const document::Table& table, const Mapping& mapping,
                           const Columns& columns, Contacts contacts,
                           document::Findings& findings) {
  const std::vector<std::size_t> unread = columns.unread(table);
  for (const std::size_t column : unread) {
    const std::string_view field = field_of(table, column, mapping.country);
    if (field.empty()) continue;
    const std::string heading = document::shown(table.header(column).text);
    findings.warning(
        table.place(table.header(column)),
        fmt::format("row 1: {} stand in the column \"{}\", which is not read",
                    field == "email" ? "email addresses" : "telephone numbers", heading),
        fmt::format("--map {}=\"{}\"", field, heading));
  }
  if (contacts == Contacts::may_be_missing || !contact_columns(columns).empty()) return;
  const document::Place header{table.file(), 1, 1};
  if (unread.empty())
    findings.warning(
        header, "row 1: no column says how to reach people",
        "only their devices will; or add a column such as \"Mobile\" or \"Telephone\"");
  else
    findings.error(header, "row 1: no column says how to reach people, and some are not read",
                   "name it with --map phone=\"HEADING\" or --map mobile=\"HEADING\"; "
                   "--without-contacts imports only the rest");
}

}  // namespace tocsin::roster
