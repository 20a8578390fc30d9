#include "allocation/problem_file.h"

#include <gtest/gtest.h>

#include "allocation/solve.h"

namespace tocsin::allocation {
namespace {

struct Read {
  Problem problem;
  std::vector<document::Finding> findings;
};

Read read(std::string_view text) {
  document::Findings findings;
  Problem problem = read_problem(text, "night.yaml", findings);
  return {std::move(problem), findings.sorted()};
}

// "line:column message" of every finding.
std::vector<std::string> faults(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& finding : read(text).findings)
    result.push_back(std::to_string(finding.line) + ':' + std::to_string(finding.column) + ' ' +
                     finding.message);
  return result;
}

using Faults = std::vector<std::string>;

TEST(ProblemFile, ReadsEverything) {
  const Read read_yaml = read(R"(posts:
  - id: resus-doctor
    area: Resus
    role: doctor
    shift: response
    priority: 2
    count: 3
    minimum: 1
    skills: [ed, airway]
    any_skills: [paeds]
    by: 20
    from: 5
responders:
  - id: R 1
    skills: ed
    eta: 15
    last_resort: true
    breaches: [relief, other]
    told: resus-doctor
    fixed: resus-doctor
    barred: [resus-doctor]
)");
  EXPECT_TRUE(read_yaml.findings.empty());
  Post post;
  post.id = PostId{"resus-doctor"};
  post.area = "Resus";
  post.role = "doctor";
  post.shift = ShiftId{"response"};
  post.priority = 2;
  post.count = 3;
  post.minimum = 1;
  post.skills = {SkillId{"ed"}, SkillId{"airway"}};
  post.any_skills = {SkillId{"paeds"}};
  post.by = Minutes{20};
  post.from = Minutes{5};
  EXPECT_EQ(read_yaml.problem.posts, std::vector<Post>{post});
  Responder responder;
  responder.id = ResponderId{"R 1"};
  responder.skills = {SkillId{"ed"}};
  responder.eta = Minutes{15};
  responder.last_resort = true;
  responder.breaches = {ShiftId{"relief"}, ShiftId{"other"}};
  responder.told = responder.fixed = post.id;
  responder.barred = {post.id};
  EXPECT_EQ(read_yaml.problem.responders, std::vector<Responder>{responder});
}

TEST(ProblemFile, ReadsJsonWhereNullIsLeftOut) {
  const Read json = read(
      R"({"posts": [{"id": "a", "area": "A", "role": "r", "shift": "s", "priority": 1, "count": 1,
                     "by": null, "skills": null}],
          "responders": [{"id": 7, "eta": 1000000, "told": null, "skills": []}]})");
  ASSERT_TRUE(json.findings.empty());
  EXPECT_EQ(json.problem.posts[0].by, std::nullopt);
  EXPECT_EQ(json.problem.posts[0].minimum, 0);
  EXPECT_EQ(json.problem.responders[0].id, ResponderId{"7"});
  EXPECT_EQ(json.problem.responders[0].told, std::nullopt);
  const Solution solution = solve(json.problem);
  EXPECT_TRUE(solution.unfilled.empty());
  EXPECT_EQ(solution.objective.minutes, 1'000'000);
}

TEST(ProblemFile, NamesEveryFaultAtItsPlace) {
  EXPECT_EQ(faults(R"(posts:
  - {id: a, area: A, role: r, shift: s, priority: 0, count: 1}
  - {id: a, area: A, role: r, shift: s, priority: 1, count: -1, skils: [x]}
  - {area: A, role: r, shift: s, priority: 1, count: 1}
responders:
  - {id: ada, eta: 1.5}
  - {id: ada, eta: 010, told: b}
  - {id: bo, eta: "5", last_resort: yes}
  - {id: cy}
  - cy
)"),
            (Faults{
                R"(2:51 expected a whole number from 1 to 1000000000, not "0")",
                R"(3:10 post "a" is already there, in line 2)",
                R"(3:61 expected a whole number from 0 to 1000000000, not "-1")",
                R"(3:65 unknown key "skils" in a post)",
                R"(4:5 "id" is missing from a post)",
                R"(6:20 expected a whole number from 0 to 10000000, not "1.5")",
                R"(7:10 responder "ada" is already there, in line 6)",
                R"(7:20 expected a whole number from 0 to 10000000, not "010")",
                R"(7:31 there is no post "b")",
                R"(8:19 expected a whole number from 0 to 10000000, not text in quotes)",
                R"(8:37 expected true or false, not "yes")",
                R"(9:5 "eta" is missing from a responder)",
                R"(10:5 a responder is expected here)",
            }));
}

TEST(ProblemFile, WantsBothLists) {
  EXPECT_EQ(faults("{}"),
            (Faults{R"(1:1 "posts" is missing from a problem (posts and responders))",
                    R"(1:1 "responders" is missing from a problem (posts and responders))"}));
  EXPECT_EQ(faults("posts: {}\nresponders: []\n"),
            Faults{R"(1:8 a list is expected under "posts")"});
  EXPECT_EQ(faults("[]").size(), 1U);
  EXPECT_FALSE(faults("").empty());
  EXPECT_FALSE(faults("posts: [").empty());
}

TEST(ProblemFile, NotesAMinimumAboveTheCount) {
  const Read odd = read(
      "posts:\n  - {id: a, area: A, role: r, shift: s, priority: 1, count: 1, minimum: 4}\n"
      "responders:\n  - {id: ada, eta: 5}\n");
  ASSERT_EQ(odd.findings.size(), 1U);
  EXPECT_EQ(odd.findings[0].severity, document::Severity::warning);
  EXPECT_EQ(solve(odd.problem).objective.filled[0].minimum, 1);
}

}  // namespace
}  // namespace tocsin::allocation
