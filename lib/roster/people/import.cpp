#include "roster/people/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "contact/address.h"
#include "roster/people/dates.h"
#include "roster/people/people_fields.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Findings;
using document::Table;

constexpr std::size_t kLongestName = 120;  // bytes
constexpr std::size_t kLongestId = 64;
constexpr base::Minutes kLongestTravel{24 * 60};

// Words of ESR's assignment status and of plain lists.
constexpr std::array<std::string_view, 6> kActive{"active",   "active-assignment",   "acting-up",
                                                  "employed", "internal-secondment", "yes"};
constexpr std::array<std::string_view, 12> kInactive{"inactive",
                                                     "inactive-not-worked",
                                                     "suspended",
                                                     "suspend-with-pay",
                                                     "suspend-no-pay",
                                                     "career-break",
                                                     "maternity-adoption",
                                                     "maternity",
                                                     "left",
                                                     "leaver",
                                                     "terminate-assignment",
                                                     "no"};

// "en", "cy", "en-gb": a language with at most three subtags, lower case (BCP 47).
bool is_language(std::string_view tag) noexcept {
  const auto parts = base::split(tag, '-');
  if (parts.size() > 4) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t least = i == 0 ? 2 : 1;
    const std::size_t most = i == 0 ? 3 : 8;
    if (parts[i].size() < least || parts[i].size() > most) return false;
    for (const char c : parts[i])
      if (!((c >= 'a' && c <= 'z') || (i > 0 && c >= '0' && c <= '9'))) return false;
  }
  return true;
}

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", base::printable(text.substr(0, 60)));
}

// "1001.0", "2.00123E7": an id that a spreadsheet took for a quantity.
bool is_reckoned(std::string_view id) {
  const auto digits = [&] {
    const std::size_t end = std::min(id.find_first_not_of("0123456789"), id.size());
    id.remove_prefix(end);
    return end > 0;
  };
  if (!digits()) return false;
  const bool has_point = id.starts_with('.');
  if (has_point) id.remove_prefix(1);
  if (has_point && (id == "0" || id == "00")) return true;
  if (has_point && !digits()) return false;
  if (!has_point || (!id.starts_with('E') && !id.starts_with('e'))) return false;
  id.remove_prefix(1);
  if (id.starts_with('+')) id.remove_prefix(1);
  return digits() && id.empty();
}

// A total below the people has none.
bool has_letter(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 0x7f;
  });
}

class PeopleReader {
 public:
  PeopleReader(const Table& table, const Mapping& mapping, Contacts contacts, Findings& findings)
      : table_(table),
        mapping_(mapping),
        findings_(findings),
        columns_(table, mapping, people_fields(), findings),
        contacts_(contact_columns(columns_)) {
    if (!columns_.of("id").empty())
      judge_contact_columns(table, mapping, columns_, contacts, findings);
  }

  std::vector<Responder> read() {
    std::vector<Responder> people;
    if (findings_.has_errors() && columns_.of("id").empty()) return people;
    people.reserve(table_.rows());
    rows_by_id_.reserve(table_.rows());
    for (row_ = 0; row_ < table_.rows(); ++row_) people.push_back(read_person());
    return people;
  }

 private:
  void report(const Cell& cell, std::size_t column, std::string_view message, std::string hint,
              document::Severity severity = document::Severity::error) {
    std::string text = fmt::format("row {}, column {}: {}", table_.row_number(row_),
                                   quoted(table_.header(column).text), message);
    if (severity == document::Severity::error)
      findings_.error(table_.place(cell), std::move(text), std::move(hint));
    else
      findings_.warning(table_.place(cell), std::move(text), std::move(hint));
  }

  // The text of a cell. Text that a spreadsheet would run is reported and left out.
  std::string_view text_of(std::size_t column) {
    const Cell cell = table_.cell(row_, column);
    if (!document::is_formula(cell.text)) return cell.text;
    report(cell, column, "begins like a formula, which a spreadsheet would run",
           "take the = + - or @ at its beginning away");
    return {};
  }

  std::string_view text_of(std::string_view field) {
    const auto column = columns_.first(field);
    return column ? text_of(*column) : std::string_view{};
  }

  Responder read_person() {
    Responder person;
    person.id = read_id();
    person.name = read_name();
    person.role = RoleId{read_word("role")};
    if (person.role.empty() && columns_.first("role"))
      report(table_.cell(row_, *columns_.first("role")), *columns_.first("role"),
             "no role, so no post can use this person", "write the job role",
             document::Severity::warning);
    person.staff_group = StaffGroupId{read_word("staff_group")};
    person.ward = WardId{read_word("ward")};
    person.skills = read_skills();
    person.travel = read_travel();
    person.language = read_language();
    person.employment = read_employment();
    person.contacts = read_contacts();
    return person;
  }

  PersonId read_id() {
    const std::size_t column = *columns_.first("id");
    const Cell cell = table_.cell(row_, column);
    const std::string_view text = text_of(column);
    if (!cell.sound) return {};
    if (text.empty()) {
      if (cell.text.empty()) report(cell, column, "no id", "every person needs one of their own");
      return {};
    }
    if (is_reckoned(text)) {
      report(cell, column,
             fmt::format("{} is an id that a spreadsheet turned into a quantity", quoted(text)),
             "format the column as text in the spreadsheet and type it again");
      return {};
    }
    const bool sound = text.size() <= kLongestId && text.front() != '.' &&
                       std::all_of(text.begin(), text.end(), [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
                       });
    if (!sound) {
      report(cell, column, fmt::format("{} cannot be an id", quoted(text)),
             "up to 64 letters, digits and - . _");
      return {};
    }
    const auto [at, added] = rows_by_id_.emplace(base::to_lower(text), row_);
    if (!added) {
      report(cell, column,
             fmt::format("{} is the id of row {} too", quoted(text), table_.row_number(at->second)),
             "every person needs one of their own; a capital letter makes no difference");
      return {};
    }
    return PersonId{text};
  }

  std::string read_name() {
    std::string name;
    for (const std::size_t column : columns_.of("name")) {
      const std::string_view part = text_of(column);
      if (!part.empty() && base::printable(part) != part) {
        report(table_.cell(row_, column), column, "a name with control characters",
               "type it again");
        continue;
      }
      name += name.empty() || part.empty() ? "" : " ";
      name += part;
    }
    if (columns_.of("name").empty()) return name;
    const std::size_t column = columns_.of("name").front();
    const Cell cell = table_.cell(row_, column);
    if (name.size() > kLongestName)
      report(cell, column, fmt::format("a name of more than {} bytes", kLongestName), "shorten it");
    if (name.empty() && cell.sound && cell.text.empty())
      report(cell, column, "no name", "the switchboard needs one to ask for");
    else if (!name.empty() && !has_letter(name))
      report(cell, column, "a name without letters",
             "delete the rows that are no people, such as a total below them");
    return name;
  }

  // A cache: each spelling in each field is made canonical once.
  const std::string& word_of(std::string_view field, std::string_view text) {
    auto& known = words_[field];
    const auto at = known.find(text);
    return at != known.end() ? at->second
                             : known.emplace(text, mapping_.word(field, text)).first->second;
  }

  std::string_view read_word(std::string_view field) {
    const std::string_view text = text_of(field);
    if (text.empty()) return {};
    const std::string& word = word_of(field, text);
    if (word.empty())
      report(table_.cell(row_, *columns_.first(field)), *columns_.first(field),
             fmt::format("{} has no letters or digits", quoted(text)), "write a word");
    return word;
  }

  std::vector<SkillId> read_skills() {
    std::vector<SkillId> skills;
    for (const std::size_t column : columns_.of("skills")) {
      std::string_view left = text_of(column);
      while (!left.empty()) {
        const auto end = std::min(left.find_first_of(";|,\n"), left.size());
        const std::string_view text = base::trim(left.substr(0, end));
        left.remove_prefix(std::min(end + 1, left.size()));
        if (text.empty()) continue;
        const std::string& word = word_of("skills", text);
        if (!word.empty()) skills.emplace_back(word);
      }
    }
    std::sort(skills.begin(), skills.end());
    skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
    return skills;
  }

  base::Minutes read_travel() {
    const std::string_view text = text_of("travel");
    if (text.empty()) return base::Minutes{0};
    const auto travel = base::parse_minutes(text);
    if (travel && *travel <= kLongestTravel) return *travel;
    report(table_.cell(row_, *columns_.first("travel")), *columns_.first("travel"),
           fmt::format("{} is no travel time", quoted(text)), "minutes, or 1h30: at most a day");
    return base::Minutes{0};
  }

  std::string read_language() {
    const std::string_view text = text_of("language");
    if (text.empty()) return "en";
    std::string language = base::to_lower(text);
    std::replace(language.begin(), language.end(), '_', '-');
    if (is_language(language)) return language;
    report(table_.cell(row_, *columns_.first("language")), *columns_.first("language"),
           fmt::format("{} is no language tag", quoted(text)), "en, cy, pl: as in BCP 47");
    return "en";
  }

  Employment read_employment() {
    const std::string_view text = text_of("status");
    if (text.empty()) return Employment::active;
    const std::string& word = word_of("status", text);
    const auto is = [&](const auto& words) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (is(kActive)) return Employment::active;
    if (is(kInactive)) return Employment::inactive;
    report(table_.cell(row_, *columns_.first("status")), *columns_.first("status"),
           fmt::format("{} is no status that we know", quoted(text)),
           "active or inactive; a mapping file can say which one it means");
    return Employment::active;
  }

  std::optional<Date> read_date(std::string_view field) {
    const std::string_view text = text_of(field);
    if (text.empty()) return std::nullopt;
    if (const auto date = parse_date(text)) return date;
    report(table_.cell(row_, *columns_.first(field)), *columns_.first(field),
           fmt::format("{} is no date", quoted(text)),
           time_hint(text, "2026-11-22 or 22/11/2026, or nothing"));
    return std::nullopt;
  }

  std::vector<ContactPoint> read_contacts() {
    const std::optional<Date> consented = read_date("consent");
    const std::optional<base::Instant> tested = read_date("tested");
    std::vector<ContactPoint> contacts;
    for (const ContactColumn& contact : contacts_) {
      const Cell cell = table_.cell(row_, contact.column);
      if (cell.text.empty()) continue;
      const auto read = contact::parse_address(contact::find(contact.channels.front())->form,
                                               cell.text, mapping_.country);
      if (const auto* fault = std::get_if<contact::AddressFault>(&read)) {
        report(cell, contact.column, fault->message, fault->hint);
        continue;
      }
      const auto& address = std::get<contact::Address>(read);
      if (!address.warning.empty())
        report(cell, contact.column, address.warning, {}, document::Severity::warning);
      warn_of_shared(cell, contact, address);
      for (const ChannelId& channel : contact.channels) {
        if (contact::find(channel)->form == contact::Form::mobile && !address.takes_texts) continue;
        const bool known =
            std::any_of(contacts.begin(), contacts.end(), [&](const ContactPoint& other) {
              return other.channel == channel && other.address == address.text;
            });
        if (!known) contacts.push_back({channel, address.text, consented, tested, true});
      }
    }
    return contacts;
  }

  // Two people with one mobile are mostly a slip: one of them is never reached.
  void warn_of_shared(const Cell& cell, const ContactColumn& contact,
                      const contact::Address& address) {
    if (!address.takes_texts ||
        contact::find(contact.channels.front())->form != contact::Form::mobile)
      return;
    const auto [at, added] = rows_by_mobile_.emplace(address.text, row_);
    if (!added && at->second != row_)
      report(cell, contact.column,
             fmt::format("the mobile number of row {} too", table_.row_number(at->second)),
             "look which of the two it belongs to", document::Severity::warning);
  }

  const Table& table_;
  const Mapping& mapping_;
  Findings& findings_;
  Columns columns_;
  std::vector<ContactColumn> contacts_;
  std::unordered_map<std::string, std::size_t> rows_by_id_;
  std::unordered_map<std::string, std::size_t> rows_by_mobile_;
  std::map<std::string_view, std::unordered_map<std::string_view, std::string>> words_;
  std::size_t row_ = 0;
};

}  // namespace

std::optional<std::vector<Responder>> import_people(const Table& table, const Mapping& mapping,
                                                    Findings& findings, Contacts contacts) {
  const std::size_t before = findings.errors();
  std::vector<Responder> people = PeopleReader{table, mapping, contacts, findings}.read();
  if (findings.errors() == before && people.empty())
    findings.error({table.file(), 1, 1}, "no people in it",
                   "the header row is there, the rest is not");
  // Includes faults that were reported when the table was read.
  if (findings.has_errors()) return std::nullopt;
  return people;
}

void keep_history(std::vector<Responder>& people, const Roster& old) {
  for (Responder& person : people) {
    const Responder* before = old.find(person.id);
    if (before == nullptr) continue;
    for (const ContactPoint& known : before->contacts) {
      const auto contact = std::ranges::find_if(person.contacts, [&](const ContactPoint& one) {
        return known.channel == one.channel && known.address == one.address;
      });
      if (contact == person.contacts.end()) {
        if (known.linked) person.contacts.push_back(known);  // no staff list has it
        continue;
      }
      contact->linked = known.linked;
      if (known.linked) contact->consented = std::max(contact->consented, known.consented);
      // Tested since: whoever keeps the list says that it works.
      contact->working = known.working || contact->tested > known.tested;
      contact->tested = std::max(contact->tested, known.tested);
      // A day's consent does not undo what the person asked for on that day.
      if (!known.withdrawn || contact->consented <= known.withdrawn)
        contact->withdrawn = known.withdrawn;
    }
  }
}

Difference difference(const Roster& before, const Roster& after) {
  Difference out;
  for (const Responder& person : after.responders()) {
    const Responder* old = before.find(person.id);
    if (person.contacts.empty()) ++out.without_contacts;
    if (old != nullptr && person.contacts.empty() && !old->contacts.empty()) ++out.lost_contacts;
    if (old == nullptr)
      ++out.added;
    else
      ++(*old == person ? out.unchanged : out.changed);
  }
  out.removed = before.size() - out.changed - out.unchanged;
  return out;
}

}  // namespace tocsin::roster
