#include "roster/membership/enrolment.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

using base::Bytes;

const base::Instant kToday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
constexpr std::chrono::minutes kLife = std::chrono::hours{48};

class EnrolmentTest : public ::testing::Test {
 protected:
  EnrolmentTest() {
    const Inviter inviter{organisation_.signing,
                          organisation_.public_identity(),
                          enrolment_.public_identity(),
                          "https://relay.example:8443",
                          {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}};
    invitation_ = invite(inviter, PersonId{"E1042"}, kToday, kLife, random_);
    pending_ = {pending_of(invitation_)};
  }
  seal::Opened opened(Bytes payload, const seal::Identity& signer) const {
    seal::Opened out;
    out.header.kind = seal::Kind::enrolment;
    out.header.created = kToday + std::chrono::hours{1};
    out.signer = signer.signing.verify_key();
    out.payload = std::move(payload);
    return out;
  }
  Bytes payload() const {
    return enrolment_payload(invitation_, device_.public_identity(), "Ana's phone");
  }
  std::optional<EnrolmentRejection> rejected(const seal::Opened& one,
                                             base::Instant now = kToday + std::chrono::hours{2}) {
    const auto checked = check_enrolment(one, organisation_.signing.verify_key(), pending_, now);
    const auto* rejection = std::get_if<RejectedEnrolment>(&checked);
    if (rejection == nullptr) return std::nullopt;
    const bool may_be_told = rejection->why == EnrolmentRejection::used;
    EXPECT_EQ(rejection->device,
              may_be_told ? std::optional{device_.public_identity()} : std::nullopt);
    return rejection->why;
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
  std::string coded = *to_link(invitation_);  // as some programs pass a link on
  coded.replace(coded.rfind(':'), 1, "%3A");
  for (const std::string& text : {code, broken, *to_link(invitation_), coded}) {
    const auto back = invitation_from_code(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->organisation, invitation_.organisation);
    EXPECT_EQ(back->enrolment, invitation_.enrolment);
    EXPECT_EQ(back->relay_url, invitation_.relay_url);
    EXPECT_EQ(back->relay_pins, invitation_.relay_pins);
    EXPECT_EQ(back->person, invitation_.person);
    EXPECT_EQ(back->expires(), kToday + kLife);
    EXPECT_EQ(back->key().verify_key(), invitation_.key().verify_key());
    EXPECT_TRUE(seal::is_valid(back->certificate, organisation_.signing.verify_key(), kToday));
  }
}

TEST_F(EnrolmentTest, AGreetingTravelsWithTheCodeAndKeepsItShort) {
  EXPECT_EQ(invitation_from_code(to_code(invitation_))->greeting, Greeting{});
  invitation_.greeting = {"St Bride's Hospital", "Bell, Ana", "cy"};
  const auto back = invitation_from_code(to_code(invitation_));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->greeting, invitation_.greeting);
  EXPECT_EQ(back->person, invitation_.person);
  EXPECT_EQ(back->key().verify_key(), invitation_.key().verify_key());

  std::string name = "x";
  for (int i = 0; i < 200; ++i) name += "é";
  invitation_.greeting = {name, name, "en"};
  const auto cut = invitation_from_code(to_code(invitation_));
  ASSERT_TRUE(cut) << "a name is never longer than what can be read";
  EXPECT_EQ(cut->greeting.person, name.substr(0, 59)) << "and not cut inside a character";
  EXPECT_LE(to_code(invitation_).size(), 700U);
}

TEST_F(EnrolmentTest, ACodeWithAnyLetterChangedIsRefusedOrIsForNothingElse) {
  const std::string code = to_code(invitation_);
  for (std::size_t i = 0; i < code.size(); ++i) {
    std::string changed = code;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == code) continue;
    const auto back = invitation_from_code(changed);
    // The certificate does not sign the relay, the person and the sealing keys. It signs the
    // issuer, the subject's key and the dates.
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
      check_enrolment(one, organisation_.signing.verify_key(), pending_, kToday + kLife);
  ASSERT_TRUE(std::holds_alternative<Enrolled>(checked));
  const Enrolled& enrolled = std::get<Enrolled>(checked);
  EXPECT_EQ(enrolled.person, PersonId{"E1042"});
  EXPECT_EQ(enrolled.device, device_.public_identity());
  EXPECT_EQ(enrolled.name, "Ana's phone");
  EXPECT_EQ(rejected(one), EnrolmentRejection::used);
  // Somebody who has only seen the invitation's public key does not hold the invitation.
  EXPECT_EQ(rejected(opened(payload(), enrolment_)), EnrolmentRejection::bad_signature);
}

TEST_F(EnrolmentTest, RejectsWhatItShould) {
  const Bytes good = payload();
  EXPECT_EQ(rejected(opened(good, enrolment_)), EnrolmentRejection::bad_signature);
  seal::Opened late = opened(good, device_);
  late.header.created = kToday + kLife + std::chrono::milliseconds{1};
  EXPECT_EQ(rejected(late), EnrolmentRejection::expired);
  EXPECT_EQ(rejected(opened(good, device_), kToday + kLife + std::chrono::days{8}),
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
      check_enrolment(opened(good, device_), enrolment_.signing.verify_key(), pending_, kToday);
  EXPECT_EQ(std::get<RejectedEnrolment>(elsewhere).why, EnrolmentRejection::bad_signature);
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
  pending_.push_back({seal::VerifyKey{{7}}, PersonId{"E7"}, kToday, true});
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

// A phone must not make keys on a page that somebody could have changed on the way.
TEST_F(EnrolmentTest, ThereIsNoLinkWithoutASecureOrigin) {
  invitation_.relay_url = "http://192.0.2.7:8440";
  EXPECT_FALSE(to_link(invitation_));
  invitation_.relay_url = "http://127.0.0.1:8440";
  EXPECT_TRUE(to_link(invitation_));
}

}  // namespace
}  // namespace tocsin::roster
