#include "control/waking.h"

#include "base/fault.h"
#include "base/file.h"
#include "control/wakeable.h"
#include "unit/channel/push_service.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

class WakingTest : public ServedRoom {
 protected:
  // Names push in tocsin.yaml, with the service of this test as the organisation's own.
  void name_push() {
    home::Settings settings = home().settings();
    settings.channels.push_back({contact::ChannelId{"push"}, {{"service", service_.origin()}}});
    base::write_file(path() / "tocsin.yaml", base::bytes_of(home::settings_text(settings)),
                     base::Access::owner_only);
  }
  // Opens the incident, with the relay's channel.
  void begin() {
    session_ = declare("EX-1");
    incident_key_.emplace(
        home().incident_key(session_->state().declared.incident, session_->keys()).value());
    parts_.emplace(channel::Parts{.home = path(),
                                  .relay = {server_->url(), {}},
                                  .coordinator = session_->keys().coordinator,
                                  .certificate = session_->keys().certificate,
                                  .incident = *incident_key_,
                                  .clock = clock_,
                                  .listen = channel::Listen::when_asked});
    parts_->push_key = [this] { return session_->home().push_key(session_->keys(), random_); };
    relay_ = channel::RelayChannel::make({}, *parts_);
  }
  // A device of Ana's that can be woken, if her answer to the offer is read.
  seal::Identity subscribe(std::string_view at = "/p/ana") {
    seal::Identity device = enrol("ana");
    say_subscription(device, at);
    return device;
  }
  void say_subscription(const seal::Identity& device, std::string_view at) {
    seal::Header header;
    header.kind = seal::Kind::enrolment;
    header.realness = seal::Realness::real;
    header.id = seal::random_message_id(random_);
    header.created = clock_.now();
    header.expires = clock_.now() + std::chrono::hours{1};
    const channel::Subscription subscription{service_.origin() + std::string{at},
                                             {seal::P256Key::generate(random_).point(), {}}};
    const channel::SealedMessage message{
        header.id,
        to_text(home().enrolment().id()),
        {seal::seal_envelope(seal::Prepared{home().enrolment().seal, random_}, header,
                             channel::subscription_payload(subscription), device.signing)},
        header.expires};
    const seal::Certificate certificate = seal::issue_certificate(
        organisation().signing, seal::Role::device, device.public_identity(), {}, 1, clock_.now(),
        clock_.now() + std::chrono::days{1});
    channel::Mailbox writer{
        {server_->url(), {}}, channel::credentials_of(device, certificate), clock_};
    EXPECT_EQ(writer.send({&message, 1}).front().receipt, contact::Receipt::sent);
  }
  // Through the channel that wakes, as a driver sends.
  void send_to(Waking& waking, const seal::Identity& device) {
    const channel::SealedMessage message{seal::random_message_id(random_),
                                         to_text(device.public_identity().id()),
                                         {base::Bytes(100, 1)},
                                         clock_.now() + std::chrono::hours{1},
                                         channel::Urgency::high};
    auto& sealed = dynamic_cast<channel::Carrier<channel::Class::sealed>&>(waking.channel());
    EXPECT_EQ(sealed.send({&message, 1}).front().receipt, contact::Receipt::sent);
  }

  channel::PushService service_;
  std::unique_ptr<Session> session_;
  std::optional<seal::Identity> incident_key_;
  std::optional<channel::Parts> parts_;
  std::unique_ptr<channel::RelayChannel> relay_;
};

TEST_F(WakingTest, IsTheRelayAloneWhereNobodyIsWoken) {
  const seal::Identity device = subscribe();
  begin();
  Waking waking{*session_, *relay_, *parts_};
  EXPECT_EQ(&waking.channel(), relay_.get());
  waking.look();
  waking.retire_gone();
  send_to(waking, device);
  EXPECT_EQ(waking.trouble(), "");
  EXPECT_TRUE(service_.requests().empty());
  EXPECT_FALSE(read_subscriptions(home(), keys().store).can_wake(device.public_identity().id()));
}

TEST_F(WakingTest, WakesWhoHasSaidHowAndRemembersIt) {
  name_push();
  const seal::Identity ana = subscribe();
  const seal::Identity ben = enrol("ben");
  begin();
  Waking waking{*session_, *relay_, *parts_};
  waking.look();
  EXPECT_EQ(waking.trouble(), "");
  EXPECT_TRUE(read_subscriptions(home(), keys().store).can_wake(ana.public_identity().id()));
  send_to(waking, ben);
  EXPECT_TRUE(service_.requests().empty());
  send_to(waking, ana);
  ASSERT_EQ(service_.requests().size(), 1u);
  EXPECT_TRUE(service_.requests()[0].head.starts_with("POST /p/ana "));
}

// A telephone that says so during the night is woken within a minute or so, and the relay is not
// asked at every turn.
TEST_F(WakingTest, LooksOnceAMinute) {
  name_push();
  const seal::Identity ana = enrol("ana");
  begin();
  Waking waking{*session_, *relay_, *parts_};
  const auto can_wake = [&] {
    waking.look();
    return read_subscriptions(home(), keys().store).can_wake(ana.public_identity().id());
  };
  EXPECT_FALSE(can_wake());
  say_subscription(ana, "/p/ana");
  EXPECT_FALSE(can_wake());
  clock_.advance(base::Minutes{1});
  EXPECT_TRUE(can_wake());
}

TEST_F(WakingTest, ForgetsASubscriptionThatIsGone) {
  name_push();
  const seal::Identity ana = subscribe();
  begin();
  Waking waking{*session_, *relay_, *parts_};
  waking.look();
  service_.will_say({"410 Gone"});
  send_to(waking, ana);
  EXPECT_TRUE(read_subscriptions(home(), keys().store).can_wake(ana.public_identity().id()));
  waking.retire_gone();
  EXPECT_FALSE(read_subscriptions(home(), keys().store).can_wake(ana.public_identity().id()));
}

// The message waits for whoever looks; only the ringing fails.
TEST_F(WakingTest, WhateverFailsIsSaidAndTheMessageGoesAllTheSame) {
  name_push();
  const seal::Identity ana = subscribe();
  base::write_file(path() / "push.key", base::bytes_of("nonsense"), base::Access::owner_only);
  begin();
  Waking waking{*session_, *relay_, *parts_};
  EXPECT_TRUE(waking.trouble().starts_with("nobody is woken by push: ")) << waking.trouble();
  EXPECT_TRUE(waking.trouble().ends_with("begin anew")) << waking.trouble();
  EXPECT_NO_THROW(waking.look());
  send_to(waking, ana);
  EXPECT_EQ(mail_of(ana).size(), 1u);
}

TEST_F(WakingTest, ABookThatCannotBeReadIsSaidUntilItCan) {
  name_push();
  begin();
  Waking waking{*session_, *relay_, *parts_};
  home().write_sealed(keys().store, "subscriptions", base::bytes_of("nonsense"), random_);
  waking.look();
  EXPECT_NE(waking.trouble().find("nobody is woken by push"), std::string::npos);
  home().write_sealed(keys().store, "subscriptions", channel::encode(channel::SubscriptionBook{}),
                      random_);
  clock_.advance(base::Minutes{1});
  waking.look();
  EXPECT_EQ(waking.trouble(), "");
}

}  // namespace
}  // namespace tocsin::control
