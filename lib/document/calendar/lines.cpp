#include "document/calendar/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin::document {

namespace {

constexpr std::string_view kExportAgain = "export the calendar again";

// Reads content lines: a line that begins with a space or a tab goes on with the one before.
class LineReader {
 public:
  LineReader(std::string_view text, int first) : text_(text), next_number_(first) {}

  bool next() {
    if (at_ >= text_.size()) return false;
    number_ = next_number_;
    start_ = at_;
    line_ = physical();
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      if (line_.data() != joined_.data()) joined_ = line_;
      joined_ += physical().substr(1);
      line_ = joined_;
    }
    return true;
  }
  std::string_view line() const { return line_; }
  int number() const { return number_; }
  std::size_t start() const { return start_; }
  std::size_t end() const { return at_; }

 private:
  std::string_view physical() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    ++next_number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  int number_ = 0;
  int next_number_;
  std::string_view line_;
  std::string joined_;
};

// "begin:vevent" of a line that opens or closes a component, empty for others.
std::string bracket_of(std::string_view line) {
  const auto is = [&line](std::size_t at, char letter) { return (line[at] | 0x20) == letter; };
  // Most lines are told by two letters.
  if (line.size() < 5 || line.size() > 40 ||
      !((is(0, 'b') && is(1, 'e')) || (is(0, 'e') && is(1, 'n'))))
    return {};
  std::string word = base::to_lower(base::trim(line));
  return word.starts_with("begin:") || word.starts_with("end:") ? word : std::string{};
}

template <class List>
bool lists(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr auto kNeverInside =
    std::to_array<std::string_view>({"vevent", "vtodo", "vjournal", "vfreebusy", "vtimezone"});

std::shared_ptr<const Damage> damage_at(int line, std::string message) {
  return std::make_shared<Damage>(Damage{line, std::move(message), std::string{kExportAgain}});
}

class Cutter {
 public:
  Cutter(std::string_view text, std::string_view file, Findings& findings)
      : text_(text), file_(file), findings_(findings), lines_(text, 1) {}

  std::optional<CalendarCut> cut() {
    while (lines_.next()) {
      const std::string word = bracket_of(lines_.line());
      bool sound = true;
      if (word.starts_with("begin:"))
        sound = open(word.substr(6));
      else if (!word.empty())
        sound = close(word.substr(4));
      else if (open_.size() == 1)
        read_head(lines_.line());
      if (!sound) return std::nullopt;
    }
    if (cut_.calendars.empty())
      return refuse("not an iCalendar file: it has no BEGIN:VCALENDAR",
                    "export the calendar as iCalendar (.ics)");
    if (!open_.empty())
      return refuse(fmt::format("END:{} is missing", base::printable(open_.back())),
                    "the file is cut off: export the calendar again");
    return std::move(cut_);
  }

 private:
  std::nullopt_t refuse(std::string message, std::string_view hint) {
    findings_.error({std::string{file_}, std::max(lines_.number(), 1), 1}, std::move(message),
                    std::string{hint});
    return std::nullopt;
  }

  void damage(std::string message) {
    if (!damage_) damage_ = damage_at(lines_.number(), std::move(message));
  }

  bool open(std::string name) {
    constexpr std::size_t kDeepest = 6;
    // What never lies inside of another ends the one before it, whose END is missing or misspelt.
    if (open_.size() >= 2 && lists(kNeverInside, name)) {
      damage(fmt::format("END:{} is missing", base::printable(open_[1])));
      open_.resize(2);
      finish(lines_.start());
    }
    open_.push_back(std::move(name));
    if (open_.size() > kDeepest) {
      refuse("components nested too deeply", kExportAgain);
      return false;
    }
    if (open_.size() == 1 && open_[0] == "vcalendar") cut_.calendars.emplace_back();
    if (open_.size() == 2) {
      start_ = lines_.start();
      start_line_ = lines_.number();
      damage_.reset();
    }
    return true;
  }

  bool close(std::string_view name) {
    const auto opened = std::find(open_.rbegin(), open_.rend(), name);
    const auto unclosed = opened - open_.rbegin();
    if (opened == open_.rend() || unclosed > 0)
      if (open_.size() >= 2)
        damage(opened == open_.rend()
                   ? fmt::format("END:{} without its BEGIN", base::printable(name))
                   : fmt::format("END:{} is missing", base::printable(open_.back())));
    if (opened == open_.rend()) {
      if (open_.size() >= 2) return true;
      refuse(fmt::format("{} without its BEGIN", base::printable(lines_.line())),
             "the file is damaged: export the calendar again");
      return false;
    }
    for (auto left = unclosed + 1; left > 0; --left)
      if (open_.size() == 2)
        finish(left == 1 ? lines_.end() : lines_.start());
      else
        open_.pop_back();
    return true;
  }

  // The component directly below VCALENDAR ends here.
  void finish(std::size_t end) {
    if (open_[0] == "vcalendar" && (open_[1] == "vevent" || open_[1] == "vtimezone"))
      cut_.components.push_back(
          {open_[1] == "vevent" ? Component::Kind::event : Component::Kind::zone, start_line_,
           cut_.calendars.size() - 1, text_.substr(start_, end - start_), std::move(damage_)});
    damage_.reset();
    open_.pop_back();
  }

  void read_head(std::string_view line) {
    if (open_[0] != "vcalendar") return;
    const std::size_t colon = line.find(':');
    if (colon > 60) return;  // or there is none
    const std::string name = base::to_lower(line.substr(0, std::min(line.find(';'), colon)));
    const std::string_view value = base::trim(line.substr(colon + 1));
    if (name == "method") cut_.calendars.back().method = base::to_lower(value);
    if (name == "x-wr-timezone") cut_.calendars.back().zone_name = value;
  }

  std::string_view text_;
  std::string_view file_;
  Findings& findings_;
  LineReader lines_;
  CalendarCut cut_;
  std::vector<std::string> open_;
  std::size_t start_ = 0;
  int start_line_ = 1;
  std::shared_ptr<const Damage> damage_;
};

// Without a value, these say nothing.
constexpr auto kLists = std::to_array<std::string_view>({"RDATE", "EXDATE", "EXRULE"});
// Without a value, these leave open what could be left out.
constexpr auto kTimes =
    std::to_array<std::string_view>({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
                                     "EXRULE", "RECURRENCE-ID", "TZOFFSETFROM", "TZOFFSETTO"});
constexpr auto kWords =
    std::to_array<std::string_view>({"UID", "SEQUENCE", "DTSTAMP", "STATUS", "SUMMARY", "LOCATION",
                                     "CATEGORIES", "ATTENDEE", "TZID"});
constexpr auto kOnce =
    std::to_array<std::string_view>({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"});

std::string upper(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// Whether the line, which has no value, begins with the name of a property that a rota needs.
bool begins_needed(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && (line[size] == '-' || (line[size] | 0x20) >= 'a') &&
         (line[size] | 0x20) <= 'z')
    ++size;
  const std::string name = upper(line.substr(0, size));
  return lists(kTimes, name) || lists(kWords, name);
}

// Some systems write COUNT=-1 for a series without a count, which libical refuses.
std::string without_no_count(std::string_view line) {
  constexpr std::string_view kNoCount = ";COUNT=-1";
  const std::size_t at = line.find(kNoCount);
  if (at == std::string_view::npos) return std::string{line};
  const std::string_view rest = line.substr(at + kNoCount.size());
  if (!rest.empty() && rest.front() != ';') return std::string{line};
  return std::string{line.substr(0, at)}.append(rest);
}

// Where the value begins: after the first colon that is not between quotation marks.
std::size_t value_at(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i + 1;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<CalendarCut> cut_calendar(std::string_view text, std::string_view file,
                                        Findings& findings) {
  return Cutter{text, file, findings}.cut();
}

std::string unfolded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  LineReader lines{text, 1};
  while (lines.next()) out.append(lines.line()).append("\n");
  return out;
}

std::string needed_lines(Component& component) {
  std::string out;
  out.reserve(component.text.size() + 8);
  LineReader lines{component.text, component.line};
  int depth = 0;
  std::vector<std::string> seen;
  bool in_other = false;  // after a property that is not looked at
  const auto damage = [&](std::string message) {
    if (!component.damage) component.damage = damage_at(lines.number(), std::move(message));
  };
  while (lines.next()) {
    const std::string_view line = lines.line();
    if (const std::string word = bracket_of(line); !word.empty()) {
      if (word.starts_with("end:")) --depth;
      if (depth == 0 || component.kind == Component::Kind::zone) out.append(line).append("\r\n");
      if (word.starts_with("begin:")) ++depth;
      continue;
    }
    // What lies inside an event is an alarm, or of a maker's own.
    if (base::trim(line).empty() || (depth != 1 && component.kind == Component::Kind::event))
      continue;
    const std::string name = upper(line.substr(0, line.find_first_of(";:")));
    const std::size_t value = value_at(line);
    const bool is_time = lists(kTimes, name);
    if (value == std::string_view::npos) {
      // Many write a DESCRIPTION over several lines. But a colon may also be missing.
      if (!in_other || begins_needed(line)) damage("a line that is not iCalendar");
    } else if (!is_time && !lists(kWords, name)) {
      in_other = true;
    } else if (base::trim(line.substr(value)).empty()) {
      in_other = false;
      if (is_time && !lists(kLists, name)) damage(fmt::format("{} has no value", name));
      if (name == "ATTENDEE") out.append(line).append("none:\r\n");  // the name may be enough
    } else {
      in_other = false;
      if (depth == 1 && component.kind == Component::Kind::event && lists(kOnce, name)) {
        if (lists(seen, name)) damage(fmt::format("two lines with {}", name));
        seen.push_back(name);
      }
      if (name == "RRULE")
        out.append(without_no_count(upper(line)));
      else if (is_time)  // case does not matter there (RFC 5545, 2), but to libical
        out.append(line.substr(0, value)).append(upper(line.substr(value)));
      else
        out.append(line);
      out.append("\r\n");
    }
  }
  return out;
}

}  // namespace tocsin::document
