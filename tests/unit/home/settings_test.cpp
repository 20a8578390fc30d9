#include "home/settings.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::home {
namespace {

using document::Findings;

std::string first_fault(std::string_view text) {
  Findings findings;
  parse_settings(text, "tocsin.yaml", findings);
  const auto sorted = findings.sorted();
  return sorted.empty() ? "" : to_text(sorted.front()) + " | " + sorted.front().hint;
}

constexpr std::string_view kWhole = R"(
tocsin: 1
organisation: St Elsewhere
site: RRV03
time_zone: Europe/London
relay:
  url: https://relay.example.nhs.uk/
  pins: [sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=]
channels:
  - relay
  - channel: spool
    folder: /srv/spool
  - phone
  - channel: push
    service: https://push.example.nhs.uk
  - channel: sms
    provider: notify
    key: notify.key
    template: 5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21
  - channel: exec
    program: bin/pagers
    arguments: [--port, 'a "b"']
  - channel: email
    provider: smtp
    server: smtps://mail.example.nhs.uk
    from: call-ins@example.nhs.uk
    per_minute: 30
    pins:
      - sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      - sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=
store: sqlite
enrolment: automatic
keys:
  organisation: /media/safe/organisation.key
)";

TEST(SettingsFile, IsReadWhole) {
  Findings findings;
  const Settings settings = parse_settings(kWhole, "tocsin.yaml", findings);
  EXPECT_EQ(first_fault(kWhole), "");
  EXPECT_EQ(settings.organisation, "St Elsewhere");
  EXPECT_EQ(settings.site, "RRV03");
  EXPECT_EQ(settings.time_zone, "Europe/London");
  ASSERT_TRUE(settings.relay);
  EXPECT_EQ(settings.relay->url, "https://relay.example.nhs.uk");
  EXPECT_EQ(settings.relay->pins.size(), 1u);
  ASSERT_EQ(settings.channels.size(), 7u);
  EXPECT_EQ(settings.channels[0].id.str(), "relay");
  EXPECT_EQ(settings.channels[1].id.str(), "spool");
  EXPECT_EQ(settings.channels[1].setting("folder"), "/srv/spool");
  EXPECT_EQ(settings.channels[2].id.str(), "phone");
  EXPECT_EQ(settings.channels[3].id.str(), "push");
  EXPECT_EQ(settings.channels[3].setting("service"), "https://push.example.nhs.uk");
  EXPECT_EQ(settings.channels[3].setting("folder"), "");
  EXPECT_EQ(settings.channels[4].id.str(), "sms");
  EXPECT_EQ(settings.channels[4].setting("provider"), "notify");
  EXPECT_EQ(settings.channels[4].setting("key"), "notify.key");
  EXPECT_EQ(settings.channels[4].setting("template"), "5d2f1c7e-0b0e-4a3c-9d0a-1f5b8d7c6e21");
  EXPECT_EQ(settings.channels[5].setting("program"), "bin/pagers");
  EXPECT_EQ(settings.channels[5].setting("arguments"), "--port\na \"b\"\n");
  EXPECT_EQ(settings.channels[6].setting("per_minute"), "30");
  EXPECT_EQ(settings.channels[6].setting("pins"),
            "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
            "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n");
  EXPECT_EQ(settings.enrolment, Acceptance::automatic);
  EXPECT_EQ(settings.keys.organisation, "/media/safe/organisation.key");
  EXPECT_EQ(settings.keys.coordinator, "coordinator.key");
}

TEST(SettingsFile, ReadsBackAsWritten) {
  Findings findings;
  Settings settings = parse_settings(kWhole, "tocsin.yaml", findings);
  settings.organisation = R"(The "Royal" \ Infirmary: a trust # one)";
  const std::string text = settings_text(settings);
  const Settings again = parse_settings(text, "tocsin.yaml", findings);
  EXPECT_FALSE(findings.has_errors()) << text;
  EXPECT_EQ(again.organisation, settings.organisation);
  EXPECT_EQ(settings_text(again), text);

  Settings least;
  least.organisation = "Least";
  const Settings bare = parse_settings(settings_text(least), "tocsin.yaml", findings);
  EXPECT_FALSE(findings.has_errors());
  EXPECT_TRUE(bare.channels.empty());
  EXPECT_FALSE(bare.relay);
}

TEST(SettingsFile, NamesEachFaultAtItsPlace) {
  const std::string head = "tocsin: 1\norganisation: X\n";
  EXPECT_EQ(first_fault(head + "chanels: [phone]\n"),
            "tocsin.yaml:3:1: error: unknown key \"chanels\" in the settings | did you mean "
            "\"channels\"?");
  EXPECT_EQ(first_fault(head + "channels: [phone, rellay]\n"),
            "tocsin.yaml:3:19: error: \"rellay\" is not known here | did you mean \"relay\"?");
  const auto says = [&](std::string_view text, std::string_view place, std::string_view words) {
    const std::string fault = first_fault(head + std::string{text});
    EXPECT_TRUE(fault.starts_with("tocsin.yaml:" + std::string{place} + ": ")) << fault;
    EXPECT_NE(fault.find(words), std::string::npos) << fault;
  };
  says("channels: [relay]\n", "3:12", "no relay to go to");
  says("channels: [push]\n", "3:12", "no relay to go with");
  says("channels: [phone, phone]\n", "3:19", "twice");
  says("relay:\n  url: https://x\nchannels:\n  - channel: push\n    service: ftp://x\n", "7:14",
       "push service");
  EXPECT_EQ(first_fault(head + "relay:\n  url: https://x\nchannels: [relay, push]\n"), "");
  says("channels: [spool]\n", "3:12", "folder");
  says("channels: [sms]\n", "3:12", "provider");
  says("channels:\n  - channel: sms\n    provider: notfy\n    key: k\n    template: t\n", "5:15",
       "notify");
  says("channels:\n  - channel: sms\n    provider: notify\n    template: t\n", "4:5", "key");
  says("channels:\n  - channel: email\n    provider: smtp\n    from: a@b.cd\n", "4:5", "server");
  says(
      "channels:\n  - channel: email\n    provider: smtp\n    server: s\n    from: a@b.cd\n"
      "    pins: x\n",
      "8:11", "pin");
  const std::string twilio = "channels:\n  - channel: sms\n    provider: twilio\n    key: k\n";
  EXPECT_EQ(first_fault(head + twilio + "    account: AC\n    from: \"+447700900999\"\n" +
                        "    hook: https://relay.example/hook/sms\n"),
            "");
  says((twilio + "    account: AC\n").c_str(), "4:5", "from");
  says((twilio + "    account: AC\n    from: x\n    template: t\n").c_str(), "9:5", "template");
  says("channels:\n  - channel: email\n    provider: notify\n    key: k\n", "4:5", "template");
  says(
      "channels:\n  - channel: email\n    provider: notify\n    key: k\n    template: t\n"
      "    server: s\n",
      "8:5", "server");
  says("channels: phone\n", "3:11", "a list");
  says("site: rrv03\n", "3:7", "ODS code");
  says("time_zone: Europe/Londn\n", "3:12", "no such time zone");
  says("time_zone: ../../etc/passwd\n", "3:12", "no such time zone");
  says("store: oracle\n", "3:8", "sqlite");
  says("relay: {}\n", "3:8", "\"url\" is missing");
  says("relay:\n  url: ftp://x\n", "4:8", "https://");
  says("relay:\n  url: http://relay.example\n", "4:8", "without TLS");
  says("relay:\n  url: https://user:pw@host\n", "4:8", "https://");
  says("relay:\n  url: https://x\n  pins: [sha256//short]\n", "5:10", "pin");
  says("keys:\n  cordinator: x\n", "4:3", "did you mean \"coordinator\"?");
  EXPECT_EQ(first_fault(head + "relay:\n  url: http://127.0.0.1:8080\n"), "");
  EXPECT_EQ(first_fault(head + "relay:\n  url: http://[::1]:8080\n"), "");
  EXPECT_NE(first_fault("tocsin: 2\norganisation: X\n"), "");
  EXPECT_NE(first_fault("tocsin: 1\n"), "");
  EXPECT_NE(first_fault(""), "");
  EXPECT_NE(first_fault("tocsin: 1\norganisation: \"a\\x1b[2J\"\n"), "");
}

}  // namespace
}  // namespace tocsin::home
