#include "incident/answer/own_words.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::incident {
namespace {

std::string own(std::string_view plain) { return std::string{base::trim(own_words(plain))}; }

TEST(OwnWords, EndWhereOthersBegin) {
  for (const char* rest :
       {"-- \ndr a. smith", "sent from my iphone", "get outlook for ios", "wyslane z iphone'a",
        "-----original message-----\nfrom: x\nn", "from: call <c@example.org>\nsent: monday\n\nn",
        "on mon, 30 nov 2026 at 22:40, call <c@example.org> wrote:\nn",
        "on mon, 30 nov 2026 at 22:40,\ncall <c@example.org> wrote:\n\n> n",
        "________________________________\nfrom: x", "> n\n> answer y 20 or n"})
    EXPECT_EQ(own(std::string{"y 20\n\n"} + rest), "y 20") << rest;
}

TEST(OwnWords, MayStandBelowTheQuotedOnes) {
  EXPECT_EQ(own("on monday, call <c@example.org> wrote:\n> can you come?\n\ny 20"), "y 20");
  EXPECT_EQ(own("> can you come?\ny 20"), "y 20");
}

TEST(OwnWords, AreKeptWhenNothingIsQuoted) {
  EXPECT_EQ(own("on my way\n20 min"), "on my way\n20 min");
  EXPECT_EQ(own("from 7"), "from 7");
  EXPECT_EQ(own("yes 20\nthanks\nactually no"), "yes 20\nthanks\nactually no");
}

TEST(Automatic, NotesAndBouncesAreKnown) {
  for (const char* text :
       {"automatic reply: incident message", "i am out of office until monday",
        "i am currently away from my email", "automatyczna odpowiedz: nie ma mnie",
        "reponse automatique", "ateb awtomatig", "delivery status notification (failure)",
        "i'm driving with do not disturb while driving turned on",
        "i am on annual leave. for urgent matters please contact the secretary"})
    EXPECT_TRUE(is_automatic(text)) << text;
}

TEST(Automatic, PeopleAreNot) {
  for (const char* text : {"no i'm away", "sorry on annual leave", "yes 20 as soon as possible",
                           "i'm out of the office but can come in 20", "driving, 20 min"})
    EXPECT_FALSE(is_automatic(text)) << text;
}

}  // namespace
}  // namespace tocsin::incident
