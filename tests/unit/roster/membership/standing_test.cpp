#include "roster/membership/standing.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tocsin::roster {
namespace {

const base::Instant kTheDay{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

class StandingTest : public ::testing::Test {
 protected:
  seal::Certificate certificate(const seal::Identity& by, seal::Role role,
                                const seal::Identity& subject) const {
    return seal::issue_certificate(by.signing, role, subject.public_identity(), "", 3, kTheDay,
                                   kTheDay + std::chrono::days{365});
  }
  Standing listed(std::uint64_t list, const seal::Certificate& of_device) const {
    return {list, Listing{"St Elsewhere", PersonId{"E1042"}, of_device}};
  }
  static seal::Opened told(const Standing& standing, const seal::Identity& organisation,
                           const seal::Identity& device, const seal::Identity& signer) {
    seal::Opened out;
    out.header.kind = seal::Kind::acceptance;
    out.signer = signer.signing.verify_key();
    out.payload =
        standing_payload(organisation.signing, standing, device.public_identity(), kTheDay);
    return out;
  }
  std::optional<Standing> believed(const seal::Opened& opened, std::uint64_t list = 0) const {
    const seal::PublicIdentity device = device_.public_identity();
    const seal::PublicIdentity organisation = organisation_.public_identity();
    const seal::PublicIdentity enrolment = enrolment_.public_identity();
    return check_standing(opened, {device, organisation, enrolment, list}, kTheDay);
  }

  base::SeededRandom random_{5};
  seal::Identity organisation_ = seal::Identity::generate(random_);
  seal::Identity enrolment_ = seal::Identity::generate(random_);
  seal::Identity device_ = seal::Identity::generate(random_);
};

TEST_F(StandingTest, ADeviceIsAMemberByItsOwnOrganisationsWordAlone) {
  const Standing good = listed(7, certificate(organisation_, seal::Role::device, device_));
  const auto standing = believed(told(good, organisation_, device_, enrolment_));
  ASSERT_TRUE(standing && standing->listing);
  EXPECT_EQ(standing->list, 7U);
  EXPECT_EQ(standing->listing->organisation_name, "St Elsewhere");
  EXPECT_EQ(standing->listing->person, PersonId{"E1042"});
  EXPECT_FALSE(believed(told(good, enrolment_, device_, enrolment_)));
  EXPECT_FALSE(believed(told(good, organisation_, enrolment_, enrolment_)));
  EXPECT_FALSE(believed(told(good, organisation_, device_, device_)));
  for (const seal::Certificate& bad : {certificate(enrolment_, seal::Role::device, device_),
                                       certificate(organisation_, seal::Role::tactical, device_),
                                       certificate(organisation_, seal::Role::device, enrolment_)})
    EXPECT_FALSE(believed(told(listed(7, bad), organisation_, device_, enrolment_)));
}

TEST_F(StandingTest, NoListThatIsOlderThanOneSeenIsBelieved) {
  const Standing good = listed(7, certificate(organisation_, seal::Role::device, device_));
  const seal::Opened seventh = told(good, organisation_, device_, enrolment_);
  EXPECT_TRUE(believed(seventh, 7));
  EXPECT_FALSE(believed(seventh, 8));
  EXPECT_FALSE(believed(told({7, std::nullopt}, organisation_, device_, enrolment_), 8));
}

TEST_F(StandingTest, OnlyTheOrganisationCanTellADeviceThatItIsOffTheList) {
  const Standing off{7, std::nullopt};
  seal::Opened good = told(off, organisation_, device_, enrolment_);
  ASSERT_TRUE(believed(good));
  EXPECT_FALSE(believed(good)->listing);
  EXPECT_FALSE(believed(told(off, enrolment_, device_, enrolment_)));
  EXPECT_FALSE(believed(told(off, organisation_, enrolment_, enrolment_)));
  EXPECT_FALSE(believed(told(off, organisation_, device_, device_)));
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

TEST_F(StandingTest, AnAcceptanceIsNotTakenFromAnotherKindOfMessage) {
  const Standing good = listed(7, certificate(organisation_, seal::Role::device, device_));
  seal::Opened opened = told(good, organisation_, device_, enrolment_);
  opened.header.kind = seal::Kind::update;
  EXPECT_FALSE(believed(opened));
}

TEST_F(StandingTest, WhatTheOrganisationSignsIsStillReadWithCare) {
  const auto certified = certificate(organisation_, seal::Role::device, device_);
  const auto says = [&](const std::string& name, const std::string& person) {
    const Standing standing{7, Listing{name, PersonId{person}, certified}};
    return believed(told(standing, organisation_, device_, enrolment_));
  };
  EXPECT_TRUE(says(std::string(200, 'x'), "E1042"));
  EXPECT_FALSE(says(std::string(201, 'x'), "E1042"));
  EXPECT_FALSE(says("St Elsewhere", std::string(201, 'x')));
  EXPECT_FALSE(says("St \xff", "E1042"));
  EXPECT_FALSE(says("St Elsewhere", "\xff"));
  // A terminal does not act on the name.
  EXPECT_EQ(says("St \x1b[2J", "E1042")->listing->organisation_name.find('\x1b'),
            std::string::npos);
}

}  // namespace
}  // namespace tocsin::roster
