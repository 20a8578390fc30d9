#include "document/calendar/write.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tocsin::document {

namespace {

// RFC 5545 3.3.11. Control characters have no place in a text.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',')
      out += '\\', out += c;
    else if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
      out += c;
  }
  return out;
}

std::string in_utc(base::Instant instant) {
  std::string text;
  for (const char c : base::to_rfc3339(instant).substr(0, 19))
    if (c != '-' && c != ':') text += c;
  return text + "Z";
}

// A line of at most 75 octets; longer ones are folded between characters (3.1).
void add_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xc0U) == 0x80U) --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = 74;  // after the space
  }
  out += line;
  out += "\r\n";
}

}  // namespace

std::string write_icalendar(std::span<const Event> events, base::Instant written) {
  std::string out;
  for (const std::string_view line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tocsin//Rota//EN", "METHOD:PUBLISH"})
    add_line(out, line);
  for (const Event& event : events) {
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + escaped(event.uid));
    add_line(out, "DTSTAMP:" + in_utc(written));
    add_line(out, "DTSTART:" + in_utc(event.from));
    add_line(out, "DTEND:" + in_utc(event.until));
    add_line(out, "SUMMARY:" + escaped(event.summary));
    if (!event.location.empty()) add_line(out, "LOCATION:" + escaped(event.location));
    std::vector<std::string> categories;
    for (const std::string& category : event.categories) categories.push_back(escaped(category));
    if (!categories.empty()) add_line(out, "CATEGORIES:" + base::join(categories, ","));
    add_line(out, "END:VEVENT");
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace tocsin::document
