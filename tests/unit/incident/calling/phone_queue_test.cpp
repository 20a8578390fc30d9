#include "incident/calling/phone_queue.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using callout::Belief;

// Many nurses and one seat for them, in the ward.
class PhoneQueueTest : public ::testing::Test {
 protected:
  PhoneQueueTest() : night_{kPlaybook, nurses(), {}} {
    for (const char* post : {"resus/nurse/response", "resus/nurse/relief", "resus/doctor/response"})
      night_.happens(0, NeedSet{PostId{post}, 0, at(30), "not needed"});
  }

  static std::vector<roster::Responder> nurses() {
    std::vector<roster::Responder> people;
    for (int i = 0; i < 60; ++i)
      people.push_back(Night::person(("n" + std::to_string(100 + i)).c_str(), "N", {"nurse"}, 10));
    return people;
  }
  void ask(int from, int until) {
    for (int i = from; i < until; ++i)
      night_.happens(1,
                     Issued{seal::random_message_id(night_.random),
                            PersonId{"n" + std::to_string(100 + i)}, playbook::MessageKind::request,
                            kPhone, PostId{"wards/nurse/response"}, 1, at(720), "", "first"},
                     "");
  }
  PhoneQueue queue() {
    pool_.follow(night_.state, at(1));
    return phone_queue(night_.state, pool_, belief_);
  }
  double until(const char* post) {
    return until_phone(night_.state, belief_, queue(), night_.post(post));
  }

  Night night_;
  Pool pool_;
  const Belief belief_{callout::Evidence{}};
};

TEST_F(PhoneQueueTest, OperatorsRingUntilSomebodySaysYes) {
  ask(0, 50);
  // How many numbers they ring for one seat, by playing it.
  base::SeededRandom random{3};
  constexpr int kNights = 20'000;
  int rung = 0;
  for (int night = 0; night < kNights; ++night) {
    bool filled = false;
    for (int person = 0; person < 50 && !filled; ++person) {
      ++rung;
      filled = random.chance(belief_.picks_up()) && random.chance(belief_.says_coming());
    }
  }
  const double a_post_later = queue().ahead.back();  // whoever is rung after all of them
  EXPECT_NEAR(a_post_later, static_cast<double>(rung) / kNights, 0.1);
}

TEST_F(PhoneQueueTest, AFullPostKeepsNobodyBusy) {
  ask(0, 50);
  const double before = queue().ahead.back();
  EXPECT_GT(before, 1);
  night_.replies(2, "n100", Answer::coming, 20);
  EXPECT_EQ(queue().ahead.back(), 0);
}

TEST_F(PhoneQueueTest, WhoIsLessImportantWaitsForTheOthers) {
  ask(0, 7);
  const PhoneQueue now = queue();
  EXPECT_TRUE(now.exists);
  const auto ward =
      static_cast<std::size_t>(night_.state.rank(night_.post("wards/nurse/response")));
  for (std::size_t rank = 0; rank < now.listed.size(); ++rank) {
    EXPECT_EQ(now.listed[rank], rank < ward ? 0 : 7) << rank;
    EXPECT_GE(now.ahead[rank], rank == 0 ? 0 : now.ahead[rank - 1]) << rank;
  }
  // After the answer window; and, in the relief, after the numbers that are rung before.
  const auto window = static_cast<double>(night_.state.playbook.cascade.answer_window(1).count());
  EXPECT_EQ(until("resus/nurse/response"), window);
  EXPECT_EQ(until("resus/nurse/relief"), window + now.ahead.back() / belief_.calls_a_minute());
}

TEST(PhoneQueue, WithoutATelephoneNobodyIsRung) {
  std::string playbook = kPlaybook;
  playbook.replace(playbook.find("[phone]"), 7, "[relay]");
  const Night night{playbook};
  Pool pool;
  pool.follow(night.state, at(0));
  const Belief belief{callout::Evidence{}};
  const PhoneQueue queue = phone_queue(night.state, pool, belief);
  EXPECT_FALSE(queue.exists);
  EXPECT_LT(until_phone(night.state, belief, queue, 0), 0);
}

}  // namespace
}  // namespace tocsin::incident
