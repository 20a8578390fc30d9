#include "roster/enrolment.h"

#include <gtest/gtest.h>

#include "roster/revoked.h"

namespace tocsin::roster {
namespace {

using base::Bytes;

const base::Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
constexpr std::chrono::minutes kLife = std::chrono::hours{48};

class EnrolmentTest : public ::testing::Test {
 protected:
  EnrolmentTest() {
    const Inviter inviter{organisation_.signing,
                          organisation_.public_identity(),
                          enrolment_.public_identity(),
                          "https://relay.example:8443",
                          {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}};
    invitation_ = invite(inviter, PersonId{"E1042"}, kNow, kLife, random_);
    pending_ = {pending_of(invitation_)};
  }
  seal::Opened opened(Bytes payload, const seal::Identity& signer) const {
    seal::Opened out;
    out.header.kind = seal::Kind::enrolment;
    out.header.created = kNow + std::chrono::hours{1};
    out.signer = signer.signing.verify_key();
    out.payload = std::move(payload);
    return out;
  }
  Bytes payload() const {
    return enrolment_payload(invitation_, device_.public_identity(), "Ana's phone");
  }
  std::optional<EnrolmentRejection> rejected(const seal::Opened& one,
                                             base::Instant now = kNow + std::chrono::hours{2}) {
    const auto checked = check_enrolment(one, organisation_.signing.verify_key(), pending_, now);
    const auto* rejection = std::get_if<EnrolmentRejection>(&checked);
    return rejection == nullptr ? std::nullopt : std::optional{*rejection};
  }

  base::SeededRandom random_{5};
  seal::Identity organisation_ = seal::Identity::generate(random_);
  seal::Identity enrolment_ = seal::Identity::generate(random_);
  seal::Identity device_ = seal::Identity::generate(random_);
  Invitation invitation_;
  std::vector<PendingInvitation> pending_;
};

TEST_F(EnrolmentTest, TheCodeComesBackAlsoWhenItWasBroken) {
  const std::string code = to_code(invitation_);
  EXPECT_TRUE(code.starts_with("tocsin-invite:"));
  EXPECT_LE(code.size(), 700U);  // a QR code that fits a terminal
  std::string broken = code;
  for (std::size_t at = 40; at < broken.size(); at += 41) broken.insert(at, "\n  ");
  ASSERT_TRUE(to_link(invitation_));
  EXPECT_EQ(*to_link(invitation_), "https://relay.example:8443/#" + code);
  for (const std::string& text : {code, broken, *to_link(invitation_)}) {
    const auto back = invitation_from_code(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->organisation, invitation_.organisation);
    EXPECT_EQ(back->enrolment, invitation_.enrolment);
    EXPECT_EQ(back->relay_url, invitation_.relay_url);
    EXPECT_EQ(back->relay_pins, invitation_.relay_pins);
    EXPECT_EQ(back->person, invitation_.person);
    EXPECT_EQ(back->expires(), kNow + kLife);
    EXPECT_EQ(back->key().verify_key(), invitation_.key().verify_key());
    EXPECT_TRUE(seal::is_valid(back->certificate, organisation_.signing.verify_key(), kNow));
  }
}

TEST_F(EnrolmentTest, ACodeWithAnyLetterChangedIsRefusedOrIsForNothingElse) {
  const std::string code = to_code(invitation_);
  for (std::size_t i = 0; i < code.size(); ++i) {
    std::string changed = code;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == code) continue;
    const auto back = invitation_from_code(changed);
    // The relay, the person and the sealing halves are not signed by the certificate; a change to
    // who issued what to which key until when is.
    if (back) {
      EXPECT_EQ(back->organisation.verify, invitation_.organisation.verify) << i;
      EXPECT_EQ(back->key().verify_key(), invitation_.key().verify_key()) << i;
      EXPECT_EQ(back->expires(), invitation_.expires()) << i;
    }
  }
  for (std::size_t size = 0; size < code.size(); ++size)
    EXPECT_FALSE(invitation_from_code(std::string_view{code}.substr(0, size))) << size;
  EXPECT_FALSE(invitation_from_code(code + "A"));
}

TEST_F(EnrolmentTest, EnrolsOnce) {
  const seal::Opened one = opened(payload(), device_);
  const auto checked =
      check_enrolment(one, organisation_.signing.verify_key(), pending_, kNow + kLife);
  ASSERT_TRUE(std::holds_alternative<Enrolled>(checked));
  const Enrolled& enrolled = std::get<Enrolled>(checked);
  EXPECT_EQ(enrolled.person, PersonId{"E1042"});
  EXPECT_EQ(enrolled.device, device_.public_identity());
  EXPECT_EQ(enrolled.name, "Ana's phone");
  EXPECT_EQ(rejected(one), EnrolmentRejection::used);
}

TEST_F(EnrolmentTest, RejectsWhatItShould) {
  const Bytes good = payload();
  EXPECT_EQ(rejected(opened(good, enrolment_)), EnrolmentRejection::bad_signature);
  seal::Opened late = opened(good, device_);
  late.header.created = kNow + kLife + std::chrono::milliseconds{1};
  EXPECT_EQ(rejected(late), EnrolmentRejection::expired);
  EXPECT_EQ(rejected(opened(good, device_), kNow + kLife + std::chrono::days{8}),
            EnrolmentRejection::expired);
  seal::Opened reply = opened(good, device_);
  reply.header.kind = seal::Kind::reply;
  EXPECT_EQ(rejected(reply), EnrolmentRejection::malformed);
  seal::PublicIdentity unusable = device_.public_identity();
  unusable.seal = {};
  EXPECT_EQ(rejected(opened(enrolment_payload(invitation_, unusable, "x"), device_)),
            EnrolmentRejection::malformed);

  pending_[0].person = PersonId{"E2000"};
  EXPECT_EQ(rejected(opened(good, device_)), EnrolmentRejection::wrong_person);
  pending_[0].person = PersonId{"E1042"};
  pending_[0].key.bytes[0] ^= 1;
  EXPECT_EQ(rejected(opened(good, device_)), EnrolmentRejection::unknown_invitation);
  pending_ = {pending_of(invitation_)};
  const auto elsewhere =
      check_enrolment(opened(good, device_), enrolment_.signing.verify_key(), pending_, kNow);
  EXPECT_EQ(std::get<EnrolmentRejection>(elsewhere), EnrolmentRejection::bad_signature);
  EXPECT_FALSE(pending_[0].is_used);
  EXPECT_EQ(rejected(opened(good, device_)), std::nullopt);
}

TEST_F(EnrolmentTest, RejectsEveryChangedByteAndEveryCut) {
  const Bytes good = payload();
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes changed = good;
    changed[i] ^= 1;
    EXPECT_TRUE(rejected(opened(changed, device_))) << i;
    EXPECT_TRUE(rejected(opened(Bytes(good.begin(), good.begin() + std::ptrdiff_t(i)), device_)))
        << i;
  }
  EXPECT_FALSE(pending_[0].is_used);
}

TEST_F(EnrolmentTest, PendingInvitationsComeBack) {
  pending_.push_back({seal::VerifyKey{{7}}, PersonId{"E7"}, kNow, true});
  const Bytes bytes = encode(pending_);
  const auto back = decode_pending(bytes);
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0].key, pending_[0].key);
  EXPECT_EQ((*back)[1].person, PersonId{"E7"});
  EXPECT_TRUE((*back)[1].is_used);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_pending(base::ByteView{bytes}.first(size))) << size;
}

TEST_F(EnrolmentTest, AcceptsOnlyItsOwnOrganisationsWord) {
  const auto certificate = [&](const seal::Identity& by, seal::Role role,
                               const seal::Identity& subject) {
    return seal::issue_certificate(by.signing, role, subject.public_identity(), "", 3, kNow,
                                   kNow + std::chrono::days{365});
  };
  const auto accepted = [&](const seal::Certificate& one, const seal::Identity& signer) {
    seal::Opened out;
    out.header.kind = seal::Kind::acceptance;
    out.signer = signer.signing.verify_key();
    out.payload = encode(Acceptance{"St Elsewhere", PersonId{"E1042"}, one});
    return check_acceptance(out, device_.public_identity(), organisation_.public_identity(),
                            enrolment_.public_identity(), kNow);
  };
  const auto good = accepted(certificate(organisation_, seal::Role::device, device_), enrolment_);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->organisation_name, "St Elsewhere");
  EXPECT_EQ(good->person, PersonId{"E1042"});
  EXPECT_FALSE(accepted(certificate(organisation_, seal::Role::device, device_), device_));
  EXPECT_FALSE(accepted(certificate(enrolment_, seal::Role::device, device_), enrolment_));
  EXPECT_FALSE(accepted(certificate(organisation_, seal::Role::tactical, device_), enrolment_));
  EXPECT_FALSE(accepted(certificate(organisation_, seal::Role::device, enrolment_), enrolment_));
}

// A phone makes no keys on a page that anybody on the way could have changed.
TEST_F(EnrolmentTest, ThereIsNoLinkWithoutASecureOrigin) {
  invitation_.relay_url = "http://192.0.2.7:8440";
  EXPECT_FALSE(to_link(invitation_));
  invitation_.relay_url = "http://127.0.0.1:8440";
  EXPECT_TRUE(to_link(invitation_));
}

TEST_F(EnrolmentTest, OnlyTheOrganisationCanTellADeviceThatItIsOffTheList) {
  const auto told = [&](const seal::Identity& organisation, const seal::Identity& device,
                        const seal::Identity& signer) {
    seal::Opened out;
    out.header.kind = seal::Kind::acceptance;
    out.signer = signer.signing.verify_key();
    out.payload = revocation_payload(organisation.signing, 7, device.public_identity(), kNow);
    return out;
  };
  const auto believed = [&](const seal::Opened& opened) {
    return is_revocation(opened, device_.public_identity(), organisation_.public_identity(),
                         enrolment_.public_identity());
  };
  seal::Opened good = told(organisation_, device_, enrolment_);
  EXPECT_TRUE(believed(good));
  EXPECT_FALSE(check_acceptance(good, device_.public_identity(), organisation_.public_identity(),
                                enrolment_.public_identity(), kNow));
  EXPECT_FALSE(believed(told(enrolment_, device_, enrolment_)));
  EXPECT_FALSE(believed(told(organisation_, enrolment_, enrolment_)));
  EXPECT_FALSE(believed(told(organisation_, device_, device_)));
  for (std::size_t at = 0; at < good.payload.size(); ++at) {
    seal::Opened changed = good;
    changed.payload[at] ^= 1;
    EXPECT_FALSE(believed(changed)) << at;
    changed.payload.resize(at);
    EXPECT_FALSE(believed(changed)) << at;
  }
  good.payload.push_back(0);
  EXPECT_FALSE(believed(good));
}

}  // namespace
}  // namespace tocsin::roster
