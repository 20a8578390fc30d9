// Real programs of a coordinator and of responders, with a hostile relay between them. Each claim
// of tocsin-security(7) about relays has its test here.
#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "incident/message/payload.h"
#include "process/hostile_night.h"
#include "roster/membership/enrolment.h"
#include "roster/membership/standing.h"

namespace tocsin::process {
namespace {

// The relay replays and reorders: it repeats everything, the last first, with its own cursors.
TEST_F(HostileNight, WhatComesAgainOrInAnotherOrderCountsOnce) {
  declare();
  int left = 12;  // readings with a trick
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    if (left-- <= 0) return Items{};
    Items again;
    for (int copies = 0; copies < 3; ++copies)
      for (auto item = all.rbegin(); item != all.rend(); ++item) {
        again.push_back(*item);
        again.back().cursor = hostile_.next_cursor();
      }
    return again;
  });
  EXPECT_EQ(times(inbox("100001"), "request,"), 1U);
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  left = 12;
  for (int i = 0; i < 3; ++i) step();
  EXPECT_EQ(coming(), 1U);
  std::map<std::string, std::set<std::string>> requests;
  for (const json& event : journal())
    if (event["event"] == "issued" && event["kind"] == "request")
      requests[event["person"]].insert(event["message"]);
  EXPECT_EQ(requests.size(), 2U);
  for (const auto& [person, ids] : requests) EXPECT_EQ(ids.size(), 1U) << person;
  good({"record", "verify"});
}

TEST_F(HostileNight, AnOlderAnswerUndoesNoNewerOne) {
  declare();
  inbox("100001");
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  good_at("100001", {"respond", "answer", "1", "no"});
  std::size_t given = 1;
  hostile_.play([&](const seal::PublicIdentity& reader, Items all) {
    if (!(reader == *incident_) || all.size() < 2) return all;
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.cursor > b.cursor;  // the newest first
    });
    all.resize(given);
    for (auto& item : all) item.cursor = hostile_.next_cursor();
    return all;
  });
  step();
  EXPECT_EQ(answers(), std::vector<std::string>{"no"});
  given = 3;
  step();
  EXPECT_EQ(answers(), std::vector<std::string>{"no"});
  EXPECT_GT(refused("older than what the device said since"), 0U);
}

// The relay forges a request, an acceptance and a revocation, and alters the real request by one
// bit.
TEST_F(HostileNight, ADeviceBelievesNothingThatItsOrganisationDidNotSign) {
  declare();
  const seal::PublicIdentity device = device_of("100001");
  const seal::Identity evil = seal::Identity::generate(entropy_);
  const base::Instant now = base::SystemClock{}.now();
  const seal::Certificate self_made =
      seal::issue_certificate(evil.signing, seal::Role::strategic, evil.public_identity(),
                              "Dr A. Okafor", 1, now, now + std::chrono::hours{24});
  incident::Notice notice;
  notice.kind = playbook::MessageKind::request;
  notice.incident = "Small incident";
  notice.organisation = "St Elsewhere";
  notice.caller = "Dr A. Okafor";
  notice.text = "Come to the wrong hospital";
  notice.reply_to = evil.public_identity();
  notice.certificate = self_made;
  const seal::Certificate of_device = seal::issue_certificate(
      evil.signing, seal::Role::device, device, "", 1, now, now + std::chrono::hours{24});
  const Items made{
      forged(device, seal::Kind::request, incident::encode(notice), evil),
      forged(device, seal::Kind::decision, incident::encode(notice), evil),
      forged(
          device, seal::Kind::acceptance,
          roster::standing_payload(
              evil.signing, {1'000, roster::Listing{"Evil", roster::PersonId{"100001"}, of_device}},
              device, now),
          evil),
      forged(device, seal::Kind::acceptance,
             roster::standing_payload(evil.signing, {1'000, std::nullopt}, device, now), evil)};
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    Items out = made;
    for (const auto& item : all) {
      out.push_back(item);
      out.back().envelope[out.back().envelope.size() / 2] ^= 1;
    }
    return out;
  });
  const std::string shown = inbox("100001");
  EXPECT_EQ(shown.find("wrong hospital"), std::string::npos) << shown;
  EXPECT_NE(shown.find("not from a coordinator of this organisation"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("has taken this device off"), std::string::npos) << shown;
  hostile_.play(nullptr);
  EXPECT_NE(inbox("100001").find("Red doors"), std::string::npos);  // and goes on believing that
}

// The relay gives an older signed list, on which the device was revoked before it was accepted
// again.
TEST_F(HostileNight, ADeviceBelievesNoOlderListThanTheOneItKnows) {
  declare();
  const seal::PublicIdentity device = device_of("100001");
  const Keys keys = keys_of_trust();
  const base::Instant now = base::SystemClock{}.now();
  const auto word = [&](std::uint64_t list) {
    return forged(
        device, seal::Kind::acceptance,
        roster::standing_payload(keys.organisation.signing, {list, std::nullopt}, device, now),
        keys.unlocked.enrolment);
  };
  play_once(word(0));
  const std::string shown = inbox("100001");
  EXPECT_NE(shown.find("Red doors"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("has taken this device off"), std::string::npos) << shown;
  play_once(word(1'000));
  EXPECT_NE(inbox("100001").find("has taken this device off"), std::string::npos);
}

TEST_F(HostileNight, ADeviceDestroysWhatTheRetentionNoLongerAllows) {
  declare();
  const seal::PublicIdentity device = device_of("100001");
  const Keys keys = keys_of_trust();
  incident::Notice notice;
  notice.kind = playbook::MessageKind::update;
  notice.text = "kept for a while";
  notice.keep_until = base::SystemClock{}.now() + std::chrono::seconds{5};
  notice.reply_to = *incident_;
  notice.certificate = keys.unlocked.certificate;
  play_once(
      forged(device, seal::Kind::update, incident::encode(notice), keys.unlocked.coordinator));
  const auto size = [&] { return fs::file_size(path("100001/inbox.state")); };
  const auto before = size();
  EXPECT_NE(inbox("100001").find("kept for a while"), std::string::npos);
  const auto with_it = size();
  EXPECT_GT(with_it, before);
  const base::Stopwatch watch;
  while (inbox("100001").find("kept for a while") != std::string::npos && watch.seconds() < 60) {
  }
  EXPECT_GE(base::SystemClock{}.now(), notice.keep_until);
  EXPECT_LT(size(), with_it);
  EXPECT_NE(inbox("100001").find("Red doors"), std::string::npos);  // a week, by default
}

// The relay forges and alters messages to the incident: answers by a key that nobody enrolled.
TEST_F(HostileNight, TheIncidentBelievesOnlyDevicesOfItsList) {
  declare();
  inbox("100001");
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  const seal::Identity evil = seal::Identity::generate(entropy_);
  const base::Bytes yes = incident::encode(
      incident::Reply{incident::Answer::coming, base::SystemClock{}.now() + std::chrono::hours{1}});
  const auto fake = forged(*incident_, seal::Kind::reply, yes, evil);
  const wire::Item junk{
      hostile_.next_cursor(), ItemKind::message, {}, fake.expires, base::Bytes(1'024)};
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    for (auto& item : all) item.envelope[item.envelope.size() - 1] ^= 1;
    all.push_back(fake);
    all.push_back(junk);
    return all;
  });
  step();
  EXPECT_EQ(coming(), 0U);
  EXPECT_GE(refused(), 3U);
  good({"record", "verify"});
}

// A reply names nobody: the key that signed it says who answers.
TEST_F(HostileNight, AMemberAnswersForNobodyElse) {
  declare();
  inbox("100001");
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  step();
  std::set<std::string> people;
  for (const json& event : journal())
    if (event["event"] == "replied") people.insert(event["person"]);
  EXPECT_EQ(people, std::set<std::string>{"100001"});
}

// The relay says "stored" and drops everything. No message counts as delivered or answered.
TEST_F(HostileNight, WhatIsDroppedIsNeverTakenForDelivered) {
  hostile_.play([](const seal::PublicIdentity&, Items) { return Items{}; });
  declare();
  EXPECT_EQ(inbox("100001").find("Red doors"), std::string::npos);
  step();
  std::size_t issued = 0;
  for (const json& event : journal()) {
    issued += event["event"] == "issued" ? 1 : 0;
    EXPECT_NE(event["event"], "replied");
    if (event["event"] == "receipt" || event["event"] == "receipted") {
      EXPECT_NE(event["receipt"], "delivered");
    }
  }
  EXPECT_EQ(issued, 2U);
  // Both are still waited for, and the cascade goes on.
  EXPECT_NE(good({"board", "--json"}).find("\"filled\": 0"), std::string::npos);
}

// The relay splits its view: only the organisation learns that a device was revoked.
TEST_F(HostileNight, ADeviceThatIsKeptInTheDarkStillCannotAnswer) {
  declare();
  inbox("100001");
  hostile_.play([](const seal::PublicIdentity&, Items all) {
    if (!all.empty()) all.resize(1);
    return all;
  });
  good({"staff", "revoke", "100001", "--reason", "lost"});
  EXPECT_NE(inbox("100001").find("Red doors"), std::string::npos);
  good_at("100001", {"respond", "answer", "1", "coming", "--eta", "25"});
  hostile_.play(nullptr);
  step();
  EXPECT_EQ(coming(), 0U);
  EXPECT_GE(refused(), 1U);
}

// The relay tries to add a member, with an enrolment for an invitation that it made itself.
TEST_F(HostileNight, NobodyJoinsWithoutAnInvitation) {
  const seal::Identity organisation = seal::Identity::generate(entropy_);
  const seal::Identity evil = seal::Identity::generate(entropy_);
  std::optional<seal::PublicIdentity> enrolment;
  hostile_.play([&](const seal::PublicIdentity& reader, Items all) {
    enrolment = reader;
    return all;
  });
  const json before = json::parse(good({"staff", "enrolled", "--json"}));
  ASSERT_TRUE(enrolment);
  const roster::Invitation invitation = roster::invite(
      {organisation.signing, organisation.public_identity(), *enrolment, hostile_.url(), {}},
      roster::PersonId{"100001"}, base::SystemClock{}.now(), std::chrono::hours{1}, entropy_);
  const auto fake =
      forged(*enrolment, seal::Kind::enrolment,
             roster::enrolment_payload(invitation, evil.public_identity(), "phone"), evil);
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    all.push_back(fake);
    return all;
  });
  const std::string shown = good({"staff", "enrolled", "--accept", "--json"});
  const json after = json::parse(shown.substr(shown.find('{'), shown.rfind('}') + 1));
  EXPECT_TRUE(after.at("waiting").empty());
  EXPECT_TRUE(after.at("accepted").empty());
  EXPECT_EQ(after.at("devices"), before.at("devices"));
  EXPECT_EQ(after.at("rejected").get<int>(), before.at("rejected").get<int>() + 1);
}

// Each time a command asks, the relay has something new to refuse. The command ends all the same.
TEST_F(HostileNight, ACommandEndsHoweverMuchThereIsToRefuse) {
  declare();
  std::atomic<int> asked = 0;
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    ++asked;
    for (int i = 0; i < 3; ++i)
      all.push_back({hostile_.next_cursor(), ItemKind::message, seal::random_message_id(entropy_),
                     base::SystemClock{}.now() + std::chrono::hours{1}, base::Bytes(1'024)});
    return all;
  });
  inbox("100001");
  step();
  good({"staff", "enrolled"});
  EXPECT_GE(asked, 3);
  EXPECT_LT(asked, 3'000);  // an honest mailbox holds at most 800 pages
}

// Accepting an enrolment does not undo what another process writes meanwhile.
TEST_F(HostileNight, WhoIsInvitedOrStruckOffWhileAnotherIsAcceptedStaysSo) {
  enrol("100001", "second");
  bool is_first = true;
  hostile_.play([&](const seal::PublicIdentity&, Items all) {
    if (is_first) {
      is_first = false;
      enrol("100002", "third");
      good({"staff", "revoke", "100001", "--reason", "lost"});
    }
    return all;
  });
  const auto accept = [&] {
    const std::string shown = good({"staff", "enrolled", "--accept", "--json"});
    return json::parse(shown.substr(shown.find('{'), shown.rfind('}') + 1));
  };
  accept();
  const json after = accept();
  std::vector<std::string> people;
  for (const json& device : after.at("devices")) people.push_back(device.at("person"));
  // The second device was accepted after its owner's first was revoked, the third by its
  // invitation.
  EXPECT_EQ(people, (std::vector<std::string>{"100002", "100001", "100002"}));
}

}  // namespace
}  // namespace tocsin::process
