#include "device/terminal.h"

#include "base/fault.h"
#include "channel/mailbox.h"
#include "relay/server.h"
#include "roster/membership/standing.h"
#include "unit/device/caller.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::device {
namespace {

using incident::Answer;
using std::chrono::seconds;

class TerminalTest : public testing::Test {
 protected:
  TerminalTest() {
    relay::ServerSettings settings;
    settings.organisations = {
        {caller_.organisation.signing.verify_key(), caller_.enrolment.public_identity().id()}};
    server_ = std::make_unique<relay::Server>(std::move(settings), caller_.clock);
    server_->start();
    home::Enrolment enrolment;
    enrolment.organisation = caller_.organisation.public_identity();
    enrolment.enrolment_mailbox = caller_.enrolment.public_identity();
    enrolment.relay = {server_->url(), {}};
    const home::DeviceHome home =
        home::DeviceHome::create(path(), enrolment, seal::Protection::none, "", caller_.random);
    device_ = home.device();
    home.write_own("certificate", seal::encode(caller_.certify(seal::Role::device, unlock(home))));
  }

  std::filesystem::path path() const { return folder_.path() / "device"; }
  static seal::Identity unlock(const home::DeviceHome& home) {
    home::KnownPassphrase none("");
    home::MapOfKeys keyring;
    return home.unlock(none, keyring);
  }
  Terminal open() {
    home::DeviceHome home = home::DeviceHome::open(path());
    seal::Identity identity = unlock(home);
    return {std::move(home), std::move(identity), "", caller_.clock, Forget::what_may_not_be_kept};
  }

  channel::Mailbox coordinator() {
    return {{server_->url(), {}},
            channel::credentials_of(caller_.coordinator,
                                    caller_.certify(seal::Role::tactical, caller_.coordinator)),
            caller_.clock};
  }
  void deliver(base::Bytes envelope) {
    const channel::SealedMessage message{seal::random_message_id(caller_.random),
                                         to_text(device_.id()),
                                         {std::move(envelope)},
                                         caller_.clock.now() + std::chrono::hours{4}};
    EXPECT_EQ(
        coordinator().send({&message, 1}, caller_.incident.public_identity().id()).front().receipt,
        contact::Receipt::sent);
  }
  void call() { deliver(caller_.seal_for(device_, caller_.header(), caller_.notice())); }
  void say_standing(const roster::Standing& standing) {
    seal::Header header = caller_.header(seal::Kind::acceptance);
    header.realness = seal::Realness::real;
    header.incident = {};
    deliver(seal::seal_envelope(seal::Prepared{device_.seal, caller_.random}, header,
                                roster::standing_payload(caller_.organisation.signing, standing,
                                                         device_, caller_.clock.now()),
                                caller_.enrolment.signing));
  }
  // What came back to the incident.
  std::vector<incident::Reply> replies() {
    channel::Mailbox mailbox{{server_->url(), {}},
                             channel::credentials_of(caller_.incident, std::nullopt),
                             caller_.clock};
    std::vector<incident::Reply> replies;
    for (const wire::Item& item : mailbox.poll(0, seconds{0}).items) {
      const auto result =
          seal::open_envelope(item.envelope, caller_.incident.opening, caller_.clock.now());
      if (const auto* opened = std::get_if<seal::Opened>(&result))
        replies.push_back(incident::decode_reply(opened->payload).value());
    }
    return replies;
  }

  Caller caller_;
  home::TemporaryFolder folder_;
  std::unique_ptr<relay::Server> server_;
  seal::PublicIdentity device_;
};

TEST_F(TerminalTest, ShowsARequestAndSendsTheAnswer) {
  call();
  Terminal terminal = open();
  EXPECT_EQ(terminal.fetch(seconds{0}).letters, 1u);
  const auto letters = terminal.letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_TRUE(letters[0].waits_for_answer(caller_.clock.now()));
  EXPECT_FALSE(letters[0].is_real());
  ASSERT_TRUE(terminal.find("1"));
  EXPECT_TRUE(terminal.find(to_text(letters[0].header.id)));
  EXPECT_FALSE(terminal.find("2"));
  terminal.say_seen(letters);
  const base::Instant when = caller_.clock.now() + base::Minutes{25};
  terminal.answer(letters[0], {Answer::coming, when});
  const auto said = replies();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].answer, Answer::seen);
  EXPECT_EQ(said[1].answer, Answer::coming);
  EXPECT_EQ(said[1].when, when);
  const auto after = open().letters();
  EXPECT_EQ(after[0].letter.answer, Answer::coming) << "kept for the next command";
  EXPECT_FALSE(after[0].waits_for_answer(caller_.clock.now()));
}

TEST_F(TerminalTest, AnAnswerIsNeverOlderThanTheOneBefore) {
  call();
  Terminal terminal = open();
  terminal.fetch(seconds{0});
  const auto letter = terminal.letters().at(0);
  terminal.answer(letter, {Answer::no, std::nullopt});
  const base::Instant first = terminal.letters().at(0).letter.answered;
  caller_.clock.set(caller_.clock.now() - base::Minutes{1});
  terminal.answer(letter, {Answer::last_resort, std::nullopt});
  EXPECT_GT(terminal.letters().at(0).letter.answered, first) << "though the clock was set back";
}

// The incident sees from the times that the clock was put right.
TEST_F(TerminalTest, AnAnswerOfAClockThatWasFarAheadDoesNotSpoilTheNext) {
  call();
  Terminal terminal = open();
  terminal.fetch(seconds{0});
  const auto letter = terminal.letters().at(0);
  const base::Instant right = caller_.clock.now();
  caller_.clock.set(right + std::chrono::hours{3});
  terminal.answer(letter, {Answer::no, std::nullopt});
  caller_.clock.set(right);
  terminal.answer(letter, {Answer::coming, right + base::Minutes{20}});
  const auto said = replies();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[1].answer, Answer::coming);
  EXPECT_EQ(terminal.letters().at(0).letter.answered, right) << "and not three hours ahead";
}

TEST_F(TerminalTest, KnowsTheIncidentsThatMayStillBeAnswered) {
  call();
  caller_.clock.advance(seconds{1});
  call();
  const seal::MessageId first = caller_.incident_id;
  caller_.incident_id = seal::random_message_id(caller_.random);
  caller_.clock.advance(seconds{1});
  call();
  Terminal terminal = open();
  terminal.fetch(seconds{0});
  auto both = terminal.open_incidents();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].header.incident, caller_.incident_id);
  EXPECT_EQ(both[1].letter.number, 2U);
  EXPECT_FALSE(terminal.has_ended(both[1]));

  caller_.incident_id = first;
  incident::Notice notice = caller_.notice();
  notice.ended = caller_.clock.now();
  deliver(caller_.seal_for(device_, caller_.header(seal::Kind::decision), notice));
  terminal.fetch(seconds{0});
  EXPECT_EQ(terminal.open_incidents().size(), 1U);
  EXPECT_TRUE(terminal.has_ended(both[1])) << "also of the letters before";
  EXPECT_FALSE(terminal.has_ended(both[0]));
  caller_.clock.advance(std::chrono::hours{5});
  EXPECT_TRUE(terminal.open_incidents().empty());
}

// A clock that is wrong refuses no call: the relay says what time it is.
TEST_F(TerminalTest, IsHeardWhateverItsClockSays) {
  for (const int hours : {13, -13, 24 * 400, -24 * 400}) {
    call();
    base::VirtualClock wrong{caller_.clock.now() + std::chrono::hours{hours}};
    home::DeviceHome home = home::DeviceHome::open(path());
    seal::Identity identity = unlock(home);
    Terminal terminal{std::move(home), std::move(identity), "", wrong,
                      Forget::what_may_not_be_kept};
    const Fetched fetched = terminal.fetch(seconds{0});
    EXPECT_EQ(fetched.letters, 1u) << hours << ": " << fetched.trouble;
    EXPECT_EQ(fetched.refused, 0u) << hours;
  }
}

TEST_F(TerminalTest, CountsAndDropsWhatIsNotFromACoordinator) {
  const seal::Identity stranger = seal::Identity::generate(caller_.random);
  deliver(caller_.seal_for(device_, caller_.header(), caller_.notice(), stranger));
  Terminal terminal = open();
  const Fetched fetched = terminal.fetch(seconds{0});
  EXPECT_EQ(fetched.refused, 1u);
  EXPECT_EQ(fetched.letters, 0u);
  EXPECT_TRUE(terminal.letters().empty());
  EXPECT_EQ(terminal.fetch(seconds{0}).refused, 0u) << "the relay was told";
}

TEST_F(TerminalTest, TakesTheOrganisationsWordThatItIsListed) {
  const seal::Identity own = unlock(home::DeviceHome::open(path()));
  say_standing({3, roster::Listing{"St Bride's", roster::PersonId{"ana"},
                                   caller_.certify(seal::Role::device, own)}});
  Terminal terminal = open();
  EXPECT_TRUE(terminal.fetch(seconds{0}).was_accepted);
  EXPECT_EQ(terminal.home().enrolment().list, 3u);
  EXPECT_EQ(home::DeviceHome::open(path()).enrolment().person, "ana");
}

TEST_F(TerminalTest, IsDestroyedWhenItIsStruckOff) {
  call();
  Terminal terminal = open();
  terminal.fetch(seconds{0});
  say_standing({4, std::nullopt});
  EXPECT_TRUE(terminal.fetch(seconds{0}).was_revoked);
  EXPECT_FALSE(home::DeviceHome::exists(path()));
}

TEST_F(TerminalTest, ForgetsWhatItMayNoLongerKeep) {
  call();
  open().fetch(seconds{0});
  caller_.clock.set(caller_.clock.now() + std::chrono::days{3});
  EXPECT_TRUE(open().letters().empty());
  EXPECT_TRUE(open().open_incidents().empty());
}

TEST_F(TerminalTest, SaysThatTheRelayIsOutOfReach) {
  server_->stop();
  EXPECT_NE(open().fetch_within(seconds{0}).trouble, "");
}

}  // namespace
}  // namespace tocsin::device
