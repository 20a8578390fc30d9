#include "incident/view/explain.h"

#include <gtest/gtest.h>

#include "incident/calling/calls.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::string why(const Night& night, const char* id, int minute) {
  return explain_person(night.state, night.index(id), at(minute));
}

bool says(const std::string& sentence, std::string_view words) {
  return sentence.find(words) != std::string::npos;
}

TEST(ExplainTest, SaysWhenAndForWhatSomebodyWasCalled) {
  Night night;
  night.settle(0);
  const std::string sentence = why(night, "ana", 1);
  EXPECT_TRUE(says(sentence, "Ana Bell was called in wave 1 at ")) << sentence;
  EXPECT_TRUE(says(sentence, "for resus/nurse/response")) << sentence;
  EXPECT_TRUE(says(sentence, "waits to be rung")) << sentence;
}

TEST(ExplainTest, BeforeTheFirstWaveNobodyWasCalled) {
  const Night night;
  EXPECT_EQ(why(night, "ana", 0), "Ana Bell was not called so far: nobody was.");
}

TEST(ExplainTest, SaysWhatBecameOfAYes) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  night.settle(5);
  const std::string sentence = why(night, "ana", 6);
  EXPECT_TRUE(says(sentence, "(phone) that they would be here at")) << sentence;
  EXPECT_TRUE(says(sentence, "is assigned to resus/nurse/response: said yes")) << sentence;
}

TEST(ExplainTest, NamesTheWordsOfACoordinatorThatSomebodyDoesNotKnow) {
  Night night{written_first()};
  night.settle(0);
  const seal::MessageId id = seal::random_message_id(night.random);
  night.happens(1, Issued{id,
                          PersonId{"ana"},
                          playbook::MessageKind::update,
                          kThreema,
                          {},
                          0,
                          at(600),
                          "north entrance",
                          "words"});
  const std::string sentence = why(night, "ana", 2);
  EXPECT_TRUE(says(sentence, "has not been told \"north entrance\" so far (by threema at"))
      << sentence;
  night.happens(3, Receipted{id, contact::Receipt::delivered, ""}, "");
  EXPECT_FALSE(says(why(night, "ana", 4), "north entrance"));
}

TEST(ExplainTest, SaysAfterTheEndWhatWasSoUntilThen) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  night.settle(5);
  night.happens(30, Ended{"over"});
  night.settle(30);
  std::string sentence = why(night, "ana", 600);
  EXPECT_TRUE(says(sentence, "was assigned to resus/nurse/response: said yes")) << sentence;
  EXPECT_TRUE(says(sentence, "was stood down when the incident ended at")) << sentence;
  sentence = why(night, "ben", 600);
  EXPECT_TRUE(says(sentence, "was called in wave 1")) << sentence;
  EXPECT_TRUE(says(sentence, "was stood down when the incident ended at")) << sentence;
  sentence = explain_post(night.state, night.post("resus/nurse/response"), at(600));
  EXPECT_TRUE(says(sentence, "At the end, resus/nurse/response has 1 of 2")) << sentence;
}

TEST(ExplainTest, SaysWhySomebodyWasNotCalled) {
  Night night;
  night.settle(0);
  EXPECT_TRUE(says(why(night, "fay", 1), "no post asks for what they can do"));
  EXPECT_TRUE(says(why(night, "gus", 1), "no working contact point"));
}

TEST(ExplainTest, SaysThatANumberIsWrongAndNotWhich) {
  Night night;
  night.settle(0);
  const std::string number = night.state.roster[night.index("ana")].contacts.at(0).address;
  night.happens(1, CallEnded{0, night.state.events, PersonId{"ana"}, 1, std::string{kWrongNumber}});
  night.settle(1);
  const std::string sentence = why(night, "ana", 2);
  EXPECT_TRUE(says(sentence, "cannot be rung: a wrong number is on the roster")) << sentence;
  EXPECT_FALSE(says(sentence, number.substr(number.size() - 4))) << sentence;
  const std::string post = explain_post(night.state, night.post("resus/nurse/response"), at(2));
  EXPECT_TRUE(says(post, "1 not reached, with a wrong number")) << post;
}

TEST(ExplainTest, SaysThatAnOfferWaits) {
  Night night;
  night.replies(1, "fay", Answer::coming, 10);
  night.settle(1);
  const std::string sentence = why(night, "fay", 2);
  EXPECT_TRUE(says(sentence, "without having been asked")) << sentence;
  EXPECT_TRUE(says(sentence, "waits in the pool")) << sentence;
}

TEST(ExplainTest, SaysWhoReleasedAndWhy) {
  Night night;
  night.happens(1, Released{PersonId{"cyn"}, "unwell"});
  EXPECT_EQ(why(night, "cyn", 2), "Cynthia Moss was released by a coordinator: unwell.");
}

TEST(ExplainTest, KeepsTheReasonOfAReleaseWhenTheyLeave) {
  Night night;
  night.settle(0);
  night.happens(1, Released{PersonId{"cyn"}, "unwell"});
  night.replies(2, "cyn", Answer::leaving, 0);
  std::string sentence = why(night, "cyn", 3);
  EXPECT_TRUE(says(sentence, "was released by a coordinator: unwell")) << sentence;
  night.replies(2, "ana", Answer::leaving, 0);
  sentence = why(night, "ana", 3);
  EXPECT_TRUE(says(sentence, "said that they must leave")) << sentence;
  EXPECT_FALSE(says(sentence, "released by a coordinator")) << sentence;
}

TEST(ExplainTest, SaysTheNewestTimeOfWhoHasASeat) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 20);
  night.settle(5);
  EXPECT_TRUE(says(why(night, "ana", 6), "arrives 23:00, needed by")) << why(night, "ana", 6);
  night.replies(7, "ana", Answer::coming, 25);
  night.settle(7);
  ASSERT_EQ(night.of("ana").status, Status::assigned);
  const std::string sentence = why(night, "ana", 8);
  EXPECT_TRUE(says(sentence, "now expected at 23:05, needed by")) << sentence;
  EXPECT_FALSE(says(sentence, "23:00")) << sentence;
}

TEST(ExplainTest, EverySentenceIsOneLineAndHoldsNoNumber) {
  Night night;
  night.settle(0);
  night.replies(5, "ben", Answer::later, 500);
  night.settle(5);
  for (const roster::Responder& row : night.state.roster.responders()) {
    const std::string sentence = why(night, row.id.str().c_str(), 10);
    EXPECT_TRUE(sentence.starts_with(row.name + " ")) << sentence;
    EXPECT_TRUE(sentence.ends_with(".")) << sentence;
    EXPECT_FALSE(says(sentence, "\n")) << sentence;
    EXPECT_FALSE(says(sentence, "+4477")) << sentence;
  }
}

TEST(ExplainTest, SaysWhyAPostIsEmpty) {
  Night night;
  night.settle(0);
  night.replies(2, "eli", Answer::no, 0);
  night.happens(3, Released{PersonId{"dee"}, "unwell"});
  const std::string sentence =
      explain_post(night.state, night.post("resus/doctor/response"), at(31));
  EXPECT_TRUE(says(sentence, "resus/doctor/response has 0 of 1")) << sentence;
  EXPECT_TRUE(says(sentence, "of 2 who could hold it, 1 said no, 1 released")) << sentence;
  EXPECT_TRUE(says(sentence, "its time has passed")) << sentence;
}

TEST(ExplainTest, AFullPostNeedsNoExcuse) {
  Night night;
  night.settle(0);
  night.replies(5, "cyn", Answer::coming, 20);
  night.settle(5);
  const std::string sentence = explain_post(night.state, night.post("wards/nurse/response"), at(6));
  EXPECT_TRUE(says(sentence, "has 1 of 1 needed by")) << sentence;
  EXPECT_TRUE(says(sentence, "held by Cynthia Moss")) << sentence;
  EXPECT_TRUE(says(sentence, "% probability")) << sentence;
  EXPECT_FALSE(says(sentence, "could hold it")) << sentence;
}

}  // namespace
}  // namespace tocsin::incident
