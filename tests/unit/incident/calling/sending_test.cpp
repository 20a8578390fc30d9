#include "incident/calling/sending.h"

#include <gtest/gtest.h>

#include "incident/calling/forecast.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

const ChannelId kVoice{"voice"};

class Sends : public testing::Test {
 protected:
  Sends() { night_.happens(0, LimitsTaken{{kVoice}, {2}}, ""); }

  void ask(int minute, const char* person, const ChannelId& channel) {
    night_.happens(minute,
                   Issued{seal::random_message_id(night_.random), PersonId{person},
                          playbook::MessageKind::request, channel, PostId{"wards/nurse/response"},
                          1, at(720), "", "first"},
                   "");
  }
  void take(int minute, const char* person) {
    night_.happens(minute,
                   Receipted{night_.state.messages[night_.of(person).messages.back()].id,
                             contact::Receipt::sent, ""},
                   "");
  }
  double until_sent(const char* person) const {
    return Sending{night_.state}.until_sent(night_.index(person));
  }

  Night night_;
};

TEST_F(Sends, WaitsForThoseBefore) {
  for (const char* person : {"ana", "ben", "cyn"}) ask(1, person, kVoice);
  ask(1, "eli", kPhone);
  ask(1, "fay", ChannelId{"relay"});
  EXPECT_EQ(until_sent("ana"), 0);
  EXPECT_EQ(until_sent("ben"), 0.5);
  EXPECT_EQ(until_sent("cyn"), 1);
  EXPECT_EQ(until_sent("eli"), 0);
  EXPECT_EQ(until_sent("fay"), 0) << "the relay has no limit";
  take(2, "ana");
  EXPECT_EQ(until_sent("cyn"), 0.5);
  ASSERT_EQ(Sending{night_.state}.slow().size(), 1U);
  EXPECT_EQ(Sending{night_.state}.slow().front().waiting, 2);
}

// Nobody is silent about what they have not got, and the time to answer begins when they have it.
TEST_F(Sends, SilenceBeginsWithTheMessage) {
  for (const char* person : {"ana", "ben", "cyn"}) ask(1, person, kVoice);
  take(5, "ana");
  take(9, "ben");
  const callout::Evidence evidence = evidence_of(night_.state, at(11));
  std::vector<int> expected(7);
  expected[2] = expected[6] = 1;
  // Cyn is the next, and so counts with the ten minutes for which the channel took nothing.
  expected.resize(11);
  expected[10] = 1;
  EXPECT_EQ(evidence.voice.silent_by_minute, expected);
  ask(11, "dee", kVoice);
  EXPECT_EQ(evidence_of(night_.state, at(11)).voice.silent_by_minute, expected)
      << "Dee has nothing yet";
}

TEST_F(Sends, OneChannelThatTakesAllAtOnceIsEnough) {
  ask(1, "ana", kVoice);
  ask(1, "ben", kVoice);
  ask(1, "ben", ChannelId{"relay"});
  EXPECT_EQ(until_sent("ben"), 0);
  EXPECT_EQ(Sending{night_.state}.asked(night_.index("ben")), at(1));
}

TEST_F(Sends, ANewLimitTakesThePlaceOfTheOld) {
  EXPECT_TRUE(Sending{night_.state}.place_of(kVoice));
  night_.happens(2, LimitsTaken{}, "");
  EXPECT_FALSE(Sending{night_.state}.place_of(kVoice));
  EXPECT_ANY_THROW(night_.happens(3, LimitsTaken{{kVoice}, {}}, ""));
  EXPECT_ANY_THROW(night_.happens(3, LimitsTaken{{kVoice}, {0}}, ""));
}

}  // namespace
}  // namespace tocsin::incident
