#include "incident/state/parts.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace tocsin::incident {
namespace {

// Every person that a fold can make of the fields on which these questions depend.
void for_each_person(const std::function<void(const Person&)>& visit) {
  for (const auto status :
       {Status::free, Status::assigned, Status::reserved, Status::stood_down, Status::released})
    for (const auto answer :
         {Answer::none, Answer::coming, Answer::later, Answer::last_resort, Answer::no})
      for (int flags = 0; flags < 32; ++flags) {
        Person person;
        person.status = status;
        person.answer = answer;
        if (flags & 1) person.request = 0;
        if (flags & 2) person.arrived = base::Instant{base::Minutes{1}};
        person.left = (flags & 4) != 0;
        person.missed = (flags & 8) != 0;
        if (flags & 16) person.pinned = 0;
        visit(person);
      }
}

TEST(Person, IsAvailableOnlyWhileNothingSpeaksAgainstIt) {
  for_each_person([](const Person& person) {
    if (!person.is_available()) return;
    EXPECT_FALSE(person.left);
    EXPECT_FALSE(person.missed);
    EXPECT_NE(person.status, Status::released);
    EXPECT_TRUE(person.answer != Answer::no || person.arrived);
    EXPECT_TRUE(person.answer != Answer::none || person.arrived);
  });
}

TEST(Person, IsAvailableWithAnyKindOfYesOrByBeingHere) {
  for (const auto answer : {Answer::coming, Answer::later, Answer::last_resort}) {
    Person person;
    person.answer = answer;
    EXPECT_TRUE(person.is_available()) << to_text(answer);
  }
  Person here;
  here.arrived = base::Instant{};
  EXPECT_TRUE(here.is_available());
  here.answer = Answer::no;  // said from the way, before they turned round
  EXPECT_TRUE(here.is_available());
}

TEST(Person, IsKeptOutOnlyWhenAvailableAndNobodyPutThemAnywhere) {
  int kept_out = 0;
  for_each_person([&](const Person& person) {
    if (!person.is_kept_out()) return;
    ++kept_out;
    EXPECT_TRUE(person.is_available());
    EXPECT_FALSE(person.pinned);
    EXPECT_NE(person.status, Status::assigned);
    EXPECT_FALSE(person.answer == Answer::coming && person.status == Status::free);
  });
  EXPECT_GT(kept_out, 0);
  Person spare;
  spare.answer = Answer::last_resort;
  EXPECT_TRUE(spare.is_kept_out());
  spare.answer = Answer::coming;
  spare.status = Status::stood_down;
  EXPECT_TRUE(spare.is_kept_out());
}

TEST(Person, WhoIsSilentWasAskedAndIsNotHere) {
  for_each_person([](const Person& person) {
    EXPECT_EQ(person.is_silent(),
              person.was_asked() && !person.arrived && person.answer == Answer::none);
  });
}

TEST(Status, HasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (const auto status :
       {Status::free, Status::assigned, Status::reserved, Status::stood_down, Status::released})
    words.insert(to_text(status));
  EXPECT_EQ(words,
            (std::set<std::string_view>{"free", "assigned", "reserved", "stood down", "released"}));
}

}  // namespace
}  // namespace tocsin::incident
