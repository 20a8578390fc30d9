#include "control/card.h"

#include <gtest/gtest.h>

namespace tocsin::control {
namespace {

home::Settings trust() {
  home::Settings settings;
  settings.organisation = "St Bride's, London; Trust";
  settings.relay = home::Relay{"https://relay.example.org", {}};
  const auto add = [&](const char* id, contact::Settings values) {
    settings.channels.push_back({contact::ChannelId{id}, std::move(values)});
  };
  add("push", {});
  add("sms", {{"provider", "twilio"}, {"account", "AC1"}, {"from", "+442079460001"}});
  add("voice", {{"provider", "twilio"}, {"account", "AC1"}, {"from", "+442079460001"}});
  add("email", {{"provider", "smtp"}, {"from", "callin@example.org"}});
  add("telegram", {{"token", "telegram.key"}});
  add("phone", {});
  return settings;
}

playbook::Playbook plan() {
  playbook::Playbook playbook;
  playbook.site.switchboard = "020 7946 0000";
  playbook.messages.code_words.any = "Kingfisher";
  return playbook;
}

TEST(Card, SaysWhatATelephoneShows) {
  const Card card = contact_card(trust(), plan());
  std::vector<std::string> senders;
  for (const Sender& sender : card.senders)
    senders.push_back(sender.channel.str() + " " + sender.shown);
  EXPECT_EQ(senders, (std::vector<std::string>{"sms +442079460001", "voice +442079460001",
                                               "email callin@example.org", "telegram "}));
  EXPECT_EQ(card.page, "https://relay.example.org");
}

TEST(Card, TheContactHasEachNumberOnceAndNoCodeWord) {
  const std::string text = vcard(contact_card(trust(), plan()));
  EXPECT_EQ(text,
            "BEGIN:VCARD\r\nVERSION:3.0\r\n"
            "N:St Bride's\\, London\\; Trust: incident calls;;;;\r\n"
            "FN:St Bride's\\, London\\; Trust: incident calls\r\n"
            "ORG:St Bride's\\, London\\; Trust\r\n"
            "TEL;TYPE=WORK,VOICE:020 7946 0000\r\n"
            "TEL;TYPE=WORK,VOICE:+442079460001\r\n"
            "EMAIL;TYPE=INTERNET:callin@example.org\r\n"
            "URL:https://relay.example.org\r\n"
            "NOTE:Calls and messages about an incident come from here. Let this contact \r\n"
            " through silence.\r\n"
            "END:VCARD\r\n");
}

// No line is longer than 75 octets, and none ends inside of a character.
TEST(Card, LongLinesAreFoldedBetweenCharacters) {
  home::Settings settings;
  for (int i = 0; i < 60; ++i) settings.organisation += "\xC3\xA9";
  const std::string text = vcard(contact_card(settings, {}));
  std::string unfolded;
  std::size_t begin = 0;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos;
       begin = end + 2, end = text.find("\r\n", begin)) {
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(line.size(), 75U);
    ASSERT_FALSE(line.empty());
    EXPECT_NE(static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0U, 0x80U) << line;
    unfolded += line[0] == ' ' ? line.substr(1) : "\n" + line;
  }
  EXPECT_NE(unfolded.find("\nORG:" + settings.organisation), std::string::npos);
}

}  // namespace
}  // namespace tocsin::control
