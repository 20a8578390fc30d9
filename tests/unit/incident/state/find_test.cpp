#include "incident/state/find.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// The message and the hint of the fault with which a search ends.
std::string refusal(const std::function<void()>& search) {
  try {
    search();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::usage);
    return std::string{fault.what()} + "; " + fault.hint();
  }
  return "found";
}

TEST(Find, APersonByIdNameOrBeginnings) {
  const Night night;
  for (const char* text : {"dee", "DEE", "Dee Okoro", "okoro", "de ok"})
    EXPECT_EQ(find_person(night.state, text), night.index("dee")) << text;
}

TEST(Find, NeverGuessesBetweenTwoPeople) {
  const Night night;
  const std::string words = refusal([&] { find_person(night.state, "moss"); });
  EXPECT_NE(words.find("could be 2 people"), std::string::npos) << words;
  EXPECT_NE(words.find("ben (Ben Moss, nurse), cyn (Cynthia Moss, nurse)"), std::string::npos)
      << words;
  EXPECT_NE(refusal([&] { find_person(night.state, "Dee Okorro"); }).find("did you mean dee"),
            std::string::npos);
}

TEST(Find, ListsSixPeopleAndCountsTheRest) {
  std::vector<roster::Responder> people(9);
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i].id = PersonId{std::to_string(i)};
    people[i].name = "Ana Smith";
  }
  const Night night{kPlaybook, std::move(people), {}};
  const std::string words = refusal([&] { find_person(night.state, "smith"); });
  EXPECT_NE(words.find("5 (Ana Smith), and 3 more"), std::string::npos) << words;
  EXPECT_EQ(words.find("6 (Ana Smith)"), std::string::npos) << words;
}

TEST(Find, AnAreaByIdOrTitle) {
  const Night night;
  for (const char* text : {"resus", "RESUS", "resuscitation"})
    EXPECT_EQ(find_area(night.state, text).id, AreaId{"resus"}) << text;
  EXPECT_NE(refusal([&] { find_area(night.state, "resuss"); }).find("did you mean \"resus\""),
            std::string::npos);
}

TEST(Find, EveryPostOfARole) {
  const Night night;
  const auto& posts = night.state.playbook.posts;
  const playbook::Area& resus = find_area(night.state, "resus");
  const std::vector<PostIndex> in_resus = {night.post("resus/nurse/response"),
                                           night.post("resus/nurse/relief")};
  EXPECT_EQ(find_posts(night.state, &resus, "nurse"), in_resus);
  EXPECT_EQ(find_posts(night.state, &resus, "trauma NURSE"), in_resus);
  std::vector<PostIndex> nurses;
  for (PostIndex p = 0; p < posts.size(); ++p)
    if (posts[p].role.str() == "nurse") nurses.push_back(p);
  EXPECT_EQ(find_posts(night.state, nullptr, "nurse"), nurses);
  EXPECT_NE(refusal([&] { find_posts(night.state, &resus, "porter"); }).find("role in resus"),
            std::string::npos);
}

TEST(Find, APostOfTheFirstShiftUnlessTheShiftIsNamed) {
  const Night night;
  EXPECT_EQ(find_post(night.state, "Resus/Nurse"), night.post("resus/nurse/response"));
  for (PostIndex p = 0; p < night.state.playbook.posts.size(); ++p)
    EXPECT_EQ(find_post(night.state, night.state.playbook.posts[p].id.str()), p);
  EXPECT_NE(refusal([&] { find_post(night.state, "resus/nurze"); }).find("\"resus/nurse\""),
            std::string::npos);
}

TEST(Find, WhateverIsTypedIsFoundOrRefused) {
  const Night night;
  const std::string inputs[] = {"",
                                " ",
                                "/",
                                "//",
                                "resus/",
                                "/nurse",
                                std::string(5'000, 'a'),
                                "a/b/c/d",
                                std::string("\0", 1),
                                "\xff\xfe",
                                "\x1b[2J",
                                "%{}"};
  for (const std::string& text : inputs) {
    EXPECT_NE(refusal([&] { find_person(night.state, text); }), "found") << text;
    EXPECT_NE(refusal([&] { find_area(night.state, text); }), "found") << text;
    EXPECT_NE(refusal([&] { find_posts(night.state, nullptr, text); }), "found") << text;
    EXPECT_NE(refusal([&] { find_post(night.state, text); }), "found") << text;
  }
}

}  // namespace
}  // namespace tocsin::incident
