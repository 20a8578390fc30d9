#include "incident/calling/way.h"

#include <gtest/gtest.h>

#include "incident/calling/forecast.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using callout::Way;

void asked_by(Night& night, const char* person, const char* channel) {
  night.happens(1,
                Issued{seal::random_message_id(night.random), PersonId{person},
                       playbook::MessageKind::request, ChannelId{channel},
                       PostId{"wards/nurse/response"}, 1, at(720), "", "first"},
                "");
}

TEST(WayOf, IsThatOfTheFirstMessageAndOfSeveralTheLoudest) {
  Night night;
  asked_by(night, "ana", "sms");
  asked_by(night, "ben", "voice");
  asked_by(night, "cyn", "sms");
  asked_by(night, "cyn", "relay");
  asked_by(night, "dee", "whatsapp");
  EXPECT_EQ(way_of(night.state, night.index("ana")), Way::text);
  EXPECT_EQ(way_of(night.state, night.index("ben")), Way::voice);
  EXPECT_EQ(way_of(night.state, night.index("cyn")), Way::device);
  EXPECT_EQ(way_of(night.state, night.index("dee")), Way::device);
}

// Answers to texts say nothing of devices.
TEST(WayOf, EachIsBelievedByItsOwnAnswers) {
  Night night;
  for (const char* person : {"ana", "ben", "cyn", "eli"}) asked_by(night, person, "sms");
  for (const char* person : {"ana", "ben", "cyn"})
    night.replies(3, person, Answer::no, 3, ChannelId{"sms"});
  const callout::Evidence evidence = evidence_of(night.state, at(10));
  EXPECT_EQ(evidence.text.answered, 3);
  EXPECT_EQ(evidence.answered, 0);
  const callout::Belief before{callout::Evidence{}};
  const callout::Belief now{evidence};
  EXPECT_GT(now.reach(Way::text), before.reach(Way::text) + 0.1);
  EXPECT_EQ(now.reach(Way::device), before.reach(Way::device));
  EXPECT_EQ(now.reach(Way::voice), before.reach(Way::voice));
}

}  // namespace
}  // namespace tocsin::incident
