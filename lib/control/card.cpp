#include "control/card.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contact/channel.h"

namespace tocsin::control {

namespace {

constexpr std::size_t kMostOctets = 75;  // of a line: RFC 2426, 2.6

// The settings that say what a telephone shows.
constexpr std::array<std::string_view, 4> kShown = {"from", "account", "id", "bot"};

std::string shown_by(const home::Channel& channel) {
  // A Twilio account is no address. What it sends from has a setting of its own.
  for (const std::string_view key : kShown)
    if (const std::string_view value = channel.setting(key); !value.empty())
      return std::string{value};
  return {};
}

bool is_number(std::string_view shown) {
  return shown.size() > 3 && (shown.front() == '+' || shown.front() == '0') &&
         std::all_of(shown.begin() + 1, shown.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == ' '; });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c != '\r')
      out += c;
  }
  return out;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// Folded, and never inside of a character.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = kMostOctets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (!begins_character(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kMostOctets - 1;  // after the blank
  }
  out.append(line).append("\r\n");
}

}  // namespace

Card contact_card(const home::Settings& settings, const playbook::Playbook& playbook) {
  Card card{settings.organisation,
            playbook.site.switchboard,
            settings.relay ? settings.relay->url : std::string{},
            {},
            playbook.messages.code_words};
  for (const home::Channel& channel : settings.channels) {
    const contact::Channel* known = contact::find(channel.id);
    // Devices are enrolled: nobody has to know where their messages come from.
    if (known == nullptr || known->reaches != contact::Reaches::contact_points) continue;
    if (known->carries == contact::Class::human) continue;  // the switchboard
    card.senders.push_back({channel.id, shown_by(channel)});
  }
  return card;
}

std::string vcard(const Card& card) {
  std::string out;
  const std::string name = fmt::format("{}: incident calls", card.organisation);
  add_line(out, "BEGIN:VCARD");
  add_line(out, "VERSION:3.0");
  add_line(out, fmt::format("N:{};;;;", escaped(name)));
  add_line(out, fmt::format("FN:{}", escaped(name)));
  add_line(out, fmt::format("ORG:{}", escaped(card.organisation)));
  std::vector<std::string> numbers;
  const auto add_number = [&](const std::string& number) {
    if (std::find(numbers.begin(), numbers.end(), number) != numbers.end()) return;
    numbers.push_back(number);
    add_line(out, fmt::format("TEL;TYPE=WORK,VOICE:{}", escaped(number)));
  };
  if (!card.switchboard.empty()) add_number(card.switchboard);
  for (const Sender& sender : card.senders) {
    if (is_number(sender.shown)) add_number(sender.shown);
    if (sender.channel.str() == "email" && !sender.shown.empty())
      add_line(out, fmt::format("EMAIL;TYPE=INTERNET:{}", escaped(sender.shown)));
  }
  if (!card.page.empty()) add_line(out, fmt::format("URL:{}", escaped(card.page)));
  add_line(out,
           "NOTE:Calls and messages about an incident come from here. Let this contact "
           "through silence.");
  add_line(out, "END:VCARD");
  return out;
}

}  // namespace tocsin::control
