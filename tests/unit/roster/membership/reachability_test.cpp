#include "roster/membership/reachability.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tocsin::roster {
namespace {

ContactPoint contact(std::string channel, std::string address, bool working = true) {
  return {ChannelId{std::move(channel)}, std::move(address), std::nullopt, std::nullopt, working};
}

Responder person(std::string id, std::vector<ContactPoint> contacts) {
  Responder out;
  out.id = PersonId{std::move(id)};
  out.contacts = std::move(contacts);
  return out;
}

TEST(Reach, CountsWaysAndNotRows) {
  base::SeededRandom random{1};
  Membership membership;
  ASSERT_TRUE(membership.add({PersonId{"e"},
                              seal::Identity::generate(random).public_identity(),
                              "phone",
                              {},
                              "",
                              std::nullopt}));
  std::vector<Responder> people{
      person("a", {}),
      person("b", {contact("sms", "+447700900123"), contact("phone", "+447700900123")}),
      person("c", {contact("sms", "+447700900124"), contact("email", "c@example.org")}),
      person("d", {contact("sms", "+447700900125", false)}),
      person("e", {}),
      person("f", {}),
  };
  people[2].contacts[0].tested = base::Instant{} + std::chrono::hours{1};
  people[2].contacts[0].consented = Date{};
  people[5].employment = Employment::inactive;
  const Reach reach = reach_of(Roster{1, {}, people}, membership);
  EXPECT_EQ(reach.unreachable, (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(reach.single, (std::vector<std::size_t>{1, 4}));
  EXPECT_EQ(reach.wrong, (std::vector<std::size_t>{3}));
  EXPECT_EQ(reach.untested, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(reach.without_consent, 4u);
}

}  // namespace
}  // namespace tocsin::roster
