#include "playbook/nudge.h"

#include <gtest/gtest.h>

namespace tocsin::playbook {
namespace {

TEST(Nudge, SaysNothingUnlessAPlaybookGivesItWords) {
  EXPECT_EQ(Nudge{}.text("https://relay.example/p"), "");
  EXPECT_EQ(
      (Nudge{Playbook{}, "en", Occasion::real, Meaning::come}.text("https://relay.example/p")),
      "Incident message: open https://relay.example/p");
}

TEST(Nudge, AsksForAnAnswerInWordsWhereThereIsNoPage) {
  Playbook playbook;
  const Nudge plain{playbook, "en", Occasion::real, Meaning::come};
  EXPECT_TRUE(plain.text("").starts_with("Incident message. Please answer Y"));
  playbook.messages.code_words.any = "kingfisher";
  const Nudge agreed{playbook, "en", Occasion::real, Meaning::come};
  EXPECT_TRUE(agreed.text("").starts_with("kingfisher: Incident message."));
}

TEST(Nudge, IsSpokenAsTheCodeWordAlone) {
  Playbook playbook;
  EXPECT_EQ((Nudge{playbook, "en", Occasion::real, Meaning::come}.spoken()),
            "You have an incident message.");
  playbook.messages.code_words.any = "kingfisher";
  EXPECT_EQ((Nudge{playbook, "cy", Occasion::real, Meaning::come}.spoken()),
            "kingfisher. You have an incident message.");
}

TEST(Nudge, SaysWhomItIsForWhereOthersReadItToo) {
  Playbook playbook;
  playbook.messages.code_words.any = "kingfisher";
  Nudge nudge{playbook, "en", Occasion::real, Meaning::come};
  nudge.address_to("Ana Okafor");
  EXPECT_EQ(nudge.text("L"), "Ana Okafor: Incident message: open L");
  EXPECT_EQ(nudge.spoken(), "Ana Okafor. kingfisher. You have an incident message.");
}

TEST(Nudge, SpeaksTheLanguageAndTheAgreedWord) {
  Playbook playbook;
  playbook.messages.code_words.any = "kingfisher";
  playbook.messages.texts["cy"][static_cast<std::size_t>(MessageKind::nudge)] =
      "{code_word}: {link}";
  EXPECT_EQ((Nudge{playbook, "cy", Occasion::real, Meaning::come}.text("L")), "kingfisher: L");
  EXPECT_EQ((Nudge{playbook, "pl", Occasion::real, Meaning::come}.language()), "pl");
}

// A playbook of long ago may name what a nudge may not: nothing stands there.
TEST(Nudge, HasNoWordOfAnIncident) {
  Playbook playbook;
  playbook.title = "Mass casualty";
  playbook.messages.texts["en"][static_cast<std::size_t>(MessageKind::nudge)] =
      "{title}{site}{area}{role}{report_to}{text} open {link}";
  EXPECT_EQ((Nudge{playbook, "en", Occasion::real, Meaning::come}.text("L")), " open L");
}

TEST(Nudge, SaysWhatToDoToThoseWhoKnowTheWords) {
  Playbook playbook;
  playbook.messages.code_words.words = {
      {{"Heron", "Otter", "Willow", "Harbour"}, {"Plover", "Badger", "Elm", "Quay"}}};
  EXPECT_FALSE(says_what_to_do(playbook, "en", Meaning::come)) << "the built-in nudge has no word";
  playbook.messages.texts["en"][static_cast<std::size_t>(MessageKind::nudge)] =
      "{code_word} {link}";
  EXPECT_TRUE(says_what_to_do(playbook, "en", Meaning::come));
  EXPECT_FALSE(says_what_to_do(playbook, "en", std::nullopt));
  EXPECT_EQ((Nudge{playbook, "en", Occasion::real, Meaning::assigned}.text("L")), "Otter L");
  EXPECT_EQ((Nudge{playbook, "en", Occasion::exercise, Meaning::ended}.text("L")), "Quay L");
  EXPECT_EQ((Nudge{playbook, "en", Occasion::exercise, std::nullopt}.text("L")), " L");
}

// Whatever an organisation calls itself: its name is no template.
TEST(Nudge, TestsAChannelWithWordsThatAreNoCall) {
  const Nudge test = Nudge::of(Errand::test, "St {link} {code_word}");
  const std::string text = test.text("https://relay.example");
  EXPECT_EQ(text,
            "Test of incident messages by St {link} {code_word}. Nobody is called in. Please "
            "answer OK.");
  EXPECT_EQ(test.text(""), text) << "nobody is asked to answer Y";
  EXPECT_EQ(test.spoken(),
            "This is a test of incident messages by St {link} {code_word}. Nobody is called in.");
  Nudge named = test;
  named.address_to("Ana");
  EXPECT_TRUE(named.text("").starts_with("Ana: Test of"));
  EXPECT_LE(Nudge::of(Errand::test, std::string(80, 'x')).text("").size(), 160U)
      << "one text message";
}

TEST(Nudge, SaysWhetherAnAccountIsLinked) {
  EXPECT_TRUE(Nudge::of(Errand::linked, "St Bride's").text("L").starts_with("Done: St Bride's"));
  EXPECT_EQ(Nudge::of(Errand::not_linked, "St Bride's").text("L").find("Done"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::playbook
