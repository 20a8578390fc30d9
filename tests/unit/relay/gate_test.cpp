#include "relay/gate.h"

#include <gtest/gtest.h>

#include "unit/relay/people.h"
#include "wire/proof.h"

namespace tocsin::relay {
namespace {

using seal::Role;

class GateTest : public ::testing::Test {
 protected:
  std::variant<Caller, Refusal> admit(const seal::Identity& who,
                                      const std::optional<seal::Certificate>& certificate) {
    const wire::Asked asked{"GET", "relay.example", "/v1/mailbox/x", {}};
    return gate_.admit(asked, wire::prove(who.signing, who.public_identity(), clock_.now(), asked),
                       certificate ? wire::to_header(*certificate) : std::string{});
  }
  Caller caller(Role role, const seal::Identity& who) {
    return std::get<Caller>(admit(who, people_.certificate(role, who)));
  }
  int refused(const seal::Identity& who, const std::optional<seal::Certificate>& certificate) {
    const auto admitted = admit(who, certificate);
    const auto* refusal = std::get_if<Refusal>(&admitted);
    return refusal == nullptr ? 0 : refusal->status;
  }
  void open(const seal::KeyId& mailbox) {
    const auto opening = gate_.opening(caller(Role::tactical, people_.coordinator), mailbox);
    ASSERT_TRUE(opening);
    gate_.opened(mailbox, *opening);
  }

  People people_;
  base::VirtualClock clock_{kNight};
  Gate gate_{{people_.served()}, {}, clock_};
};

TEST_F(GateTest, VouchesForWhomTheOrganisationCertified) {
  const Caller coordinator = caller(Role::tactical, people_.coordinator);
  ASSERT_TRUE(coordinator.vouched);
  EXPECT_EQ(coordinator.vouched->role, Role::tactical);
  EXPECT_EQ(coordinator.id, people_.coordinator.public_identity().id());
  const auto stranger = admit(people_.device, std::nullopt);
  EXPECT_FALSE(std::get<Caller>(stranger).vouched);
}

TEST_F(GateTest, RefusesCertificatesThatAreNot) {
  auto certificate = people_.certificate(Role::device, people_.device);
  EXPECT_EQ(refused(people_.device, certificate), 0);
  EXPECT_EQ(refused(people_.coordinator, certificate), 403);  // somebody else's

  auto forged = certificate;
  forged.role = Role::strategic;
  EXPECT_EQ(refused(people_.device, forged), 403);
  const auto foreign = seal::issue_certificate(people_.coordinator.signing, Role::device,
                                               people_.device.public_identity(), "", 1, kNight,
                                               kNight + std::chrono::hours{1});
  EXPECT_EQ(refused(people_.device, foreign), 403);

  clock_.advance(std::chrono::hours{25});
  EXPECT_EQ(refused(people_.device, certificate), 403);  // even if it was valid before
  clock_.advance(-std::chrono::hours{27});
  EXPECT_EQ(refused(people_.device, certificate), 403);  // not yet
  // Whoever issued it may have a clock that is a little ahead.
  certificate = seal::issue_certificate(
      people_.organisation.signing, Role::device, people_.device.public_identity(), "", 2,
      clock_.now() + std::chrono::minutes{9}, clock_.now() + std::chrono::hours{1});
  EXPECT_EQ(refused(people_.device, certificate), 0);
}

TEST_F(GateTest, RefusesAStaleProofAndOneFromTheFuture) {
  const wire::Asked asked{"GET", "relay.example", "/healthy", {}};
  const auto status = [&](base::Instant at) {
    const auto admitted = gate_.admit(
        asked, wire::prove(people_.device.signing, people_.device.public_identity(), at, asked),
        "");
    const auto* refusal = std::get_if<Refusal>(&admitted);
    if (refusal == nullptr) return 0;
    EXPECT_EQ(refusal->date, kNight);  // so that the other end can ask again
    return refusal->status;
  };
  const auto five = std::chrono::minutes{5};
  const base::Milliseconds tick{1};
  EXPECT_EQ(status(kNight - five), 0);
  EXPECT_EQ(status(kNight + five), 0);
  EXPECT_EQ(status(kNight - five - tick), 401);
  EXPECT_EQ(status(kNight + five + tick), 401);
  EXPECT_EQ(status(base::Instant::min()), 401);
  EXPECT_EQ(status(base::Instant::max()), 401);
}

TEST_F(GateTest, HoldsTheTableOfWhoMayWriteWhere) {
  const seal::KeyId answers = people_.incident.public_identity().id();
  const seal::KeyId enrolment = people_.enrolment_mailbox();
  const seal::KeyId other{{1}};
  open(answers);
  struct Row {
    Role role;
    bool other, open, enrolment, opens;
  };
  for (const Row& row :
       {Row{Role::strategic, true, true, true, true}, Row{Role::tactical, true, true, true, true},
        Row{Role::operational, true, true, true, true}, Row{Role::incident, true, true, true, true},
        Row{Role::device, false, true, true, false},
        Row{Role::invitation, false, false, true, false}}) {
    const Caller writer = caller(row.role, people_.device);
    EXPECT_EQ(gate_.may_write(writer, other), row.other) << int(row.role);
    EXPECT_EQ(gate_.may_write(writer, answers), row.open) << int(row.role);
    EXPECT_EQ(gate_.may_write(writer, enrolment), row.enrolment) << int(row.role);
    EXPECT_EQ(gate_.opening(writer, other).has_value(), row.opens) << int(row.role);
  }
  const Caller stranger{people_.device.public_identity().id(), std::nullopt};
  EXPECT_FALSE(gate_.may_write(stranger, answers));
  EXPECT_FALSE(gate_.spend(stranger));
}

TEST_F(GateTest, AnOpenMailboxIsOpenToItsOwnOrganisationForAWeek) {
  const seal::KeyId answers{{5}};
  open(answers);
  EXPECT_TRUE(gate_.is_open(answers));
  EXPECT_GT(gate_.capacity(answers), gate_.capacity(seal::KeyId{{6}}));

  People others;
  Gate both{{people_.served(), others.served()},
            {{answers, {people_.enrolment_mailbox(), kNight + std::chrono::hours{1}}}},
            clock_};
  const wire::Asked asked{"GET", "h", "/", {}};
  const auto theirs = both.admit(
      asked, wire::prove(others.device.signing, others.device.public_identity(), kNight, asked),
      wire::to_header(others.certificate(Role::device, others.device)));
  EXPECT_FALSE(both.may_write(std::get<Caller>(theirs), answers));

  clock_.advance(std::chrono::days{7});
  EXPECT_FALSE(gate_.is_open(answers));
  gate_.tidy();
  EXPECT_FALSE(gate_.is_open(answers));
}

TEST_F(GateTest, AnOpenMailboxIsNotTakenByAnotherOrganisation) {
  const seal::KeyId answers{{5}};
  const base::Instant until = kNight + std::chrono::hours{2};
  People others;
  Gate both{{people_.served(), others.served()},
            {{answers, {people_.enrolment_mailbox(), until}}},
            clock_};
  const wire::Asked asked{"GET", "h", "/", {}};
  const auto admitted = [&](const People& people) {
    const seal::Identity& who = people.coordinator;
    const auto certificate =
        seal::issue_certificate(people.organisation.signing, Role::tactical, who.public_identity(),
                                "", 1, kNight, kNight + std::chrono::hours{24});
    return std::get<Caller>(
        both.admit(asked, wire::prove(who.signing, who.public_identity(), clock_.now(), asked),
                   wire::to_header(certificate)));
  };
  EXPECT_FALSE(both.opening(admitted(others), answers));
  EXPECT_TRUE(both.opening(admitted(people_), answers));  // its own mailbox is renewed
  clock_.set(until);
  EXPECT_TRUE(both.opening(admitted(others), answers));
}

TEST_F(GateTest, MetersDevicesAndNotCoordinators) {
  const Caller device = caller(Role::device, people_.device);
  int sent = 0;
  while (gate_.spend(device)) ++sent;
  EXPECT_EQ(sent, 60);
  clock_.advance(std::chrono::seconds{3});
  sent = 0;
  while (gate_.spend(device)) ++sent;
  EXPECT_EQ(sent, 3);
  clock_.advance(-std::chrono::hours{1});  // a clock set back changes no allowance
  EXPECT_FALSE(gate_.spend(device));
  clock_.advance(std::chrono::hours{2});
  sent = 0;
  while (gate_.spend(device)) ++sent;
  EXPECT_EQ(sent, 60);

  const Caller invitation = caller(Role::invitation, people_.enrolment);
  sent = 0;
  while (gate_.spend(invitation)) ++sent;
  EXPECT_EQ(sent, 8);

  const Caller coordinator = caller(Role::tactical, people_.coordinator);
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(gate_.spend(coordinator));
}

TEST_F(GateTest, SurvivesJunkHeaders) {
  base::SeededRandom random{7};
  const wire::Asked asked{"GET", "h", "/", {}};
  const std::string good =
      wire::prove(people_.device.signing, people_.device.public_identity(), kNight, asked);
  for (int i = 0; i < 500; ++i) {
    base::Bytes junk(random.below(600));
    random.fill(junk);
    const auto by_proof = gate_.admit(asked, base::to_base64url(junk), "");
    EXPECT_TRUE(std::holds_alternative<Refusal>(by_proof));
    const auto by_certificate = gate_.admit(asked, good, "x" + base::to_base64url(junk));
    EXPECT_TRUE(std::holds_alternative<Refusal>(by_certificate));
  }
}

TEST_F(GateTest, MetersRequestsByWhoSendsThem) {
  const auto count = [&](const seal::Identity& who, std::optional<Role> role, int tries) {
    int admitted = 0;
    const auto certificate = role ? std::optional{people_.certificate(*role, who)} : std::nullopt;
    for (int i = 0; i < tries; ++i) admitted += refused(who, certificate) == 0 ? 1 : 0;
    return admitted;
  };
  seal::Entropy entropy;
  EXPECT_EQ(count(seal::Identity::generate(entropy), std::nullopt, 100), 60);
  EXPECT_EQ(count(people_.device, Role::device, 700), 600);
  EXPECT_EQ(count(people_.coordinator, Role::tactical, 700), 700);
  open(people_.incident.public_identity().id());  // its reader is no stranger
  EXPECT_EQ(count(people_.incident, std::nullopt, 100), 100);
  clock_.advance(std::chrono::seconds{5});
  EXPECT_EQ(count(people_.device, Role::device, 100), 50);
  const auto again = admit(people_.device, people_.certificate(Role::device, people_.device));
  EXPECT_EQ(std::get<Refusal>(again).status, 429);
  EXPECT_EQ(std::get<Refusal>(again).retry_after_seconds, 1);
}

// A flood of unknown keys uses only its own share, and keeps out nobody with a proven key.
TEST_F(GateTest, ProofsOfNewKeysHaveAShareOfTheirOwn) {
  EXPECT_EQ(refused(people_.device, std::nullopt), 0);
  const wire::Asked asked{"GET", "relay.example", "/v1/mailbox/x", {}};
  base::SeededRandom random{3};
  int refused_as_too_many = 0;
  for (int i = 0; i < 12'100; ++i) {
    // A header that decodes, with an unknown key and a junk signature.
    base::ByteWriter junk;
    junk.u8(1);
    base::Bytes identity(64);
    random.fill(identity);
    junk.raw(identity);
    junk.i64(clock_.now().time_since_epoch().count());
    junk.raw(base::Bytes(64, 7));
    const auto answer = gate_.admit(asked, base::to_base64url(junk.take()), "");
    refused_as_too_many += std::get<Refusal>(answer).status == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused_as_too_many, 101);  // the device took one of 12,000
  EXPECT_EQ(refused(people_.device, std::nullopt), 0);
  EXPECT_EQ(refused(people_.coordinator, std::nullopt), 429);
  clock_.advance(std::chrono::seconds{1});
  EXPECT_EQ(refused(people_.coordinator, std::nullopt), 0);
}

}  // namespace
}  // namespace tocsin::relay
