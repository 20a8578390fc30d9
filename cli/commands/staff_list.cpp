// tocsin staff list: lists the people on the roster, and how they can be reached.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "roster/people/spelling.h"

namespace tocsin::cli {

namespace {

using base::Exit;

template <class Words>
std::vector<std::string> texts(const Words& words) {
  std::vector<std::string> out;
  for (const auto& word : words) out.push_back(word.str());
  return out;
}

// The channels on which somebody has a working address, each once, in the order of the roster.
std::vector<std::string> channels_of(const roster::Responder& person) {
  std::vector<std::string> out;
  for (const roster::ContactPoint& contact : person.contacts)
    if (contact.working && std::find(out.begin(), out.end(), contact.channel.str()) == out.end())
      out.push_back(contact.channel.str());
  return out;
}

class StaffList final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--role", role_, "Only this job role")->type_name("ROLE");
    app.add_option("--skill", skills_, "Only with this skill; several: with all of them")
        ->type_name("SKILL")
        ->allow_extra_args(false);
    app.add_option("--group", group_, "Only this staff group")->type_name("GROUP");
    app.add_option("--ward", ward_, "Only this ward, or area of work")->type_name("WARD");
    app.add_flag("--all", all_, "Also those who are not active");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Membership membership = control::read_membership(home, keys.store);
    std::vector<const roster::Responder*> people;
    for (const roster::Responder& person : roster.responders())
      if (fits(person)) people.push_back(&person);
    if (context.json)
      print_json(context, people, membership);
    else
      print_text(context, people, membership);
    return Exit::done;
  }

 private:
  bool fits(const roster::Responder& person) const {
    const auto is = [](const std::string& wanted, const auto& word) {
      return wanted.empty() || roster::canonical_word(wanted) == word.str();
    };
    return (all_ || person.is_active()) && is(role_, person.role) &&
           is(group_, person.staff_group) && is(ward_, person.ward) &&
           std::all_of(skills_.begin(), skills_.end(), [&](const std::string& skill) {
             return person.has_skill(roster::SkillId{roster::canonical_word(skill)});
           });
  }

  static void print_json(Context& context, const std::vector<const roster::Responder*>& people,
                         const roster::Membership& membership) {
    auto list = nlohmann::json::array();
    for (const roster::Responder* person : people)
      list.push_back({{"id", person->id.str()},
                      {"name", person->name},
                      {"role", person->role.str()},
                      {"staff_group", person->staff_group.str()},
                      {"ward", person->ward.str()},
                      {"skills", texts(person->skills)},
                      {"travel_minutes", person->travel.count()},
                      {"language", person->language},
                      {"active", person->is_active()},
                      {"channels", channels_of(*person)},
                      {"devices", membership.live_devices(person->id).size()}});
    context.out.json(list);
  }

  static void print_text(Context& context, const std::vector<const roster::Responder*>& people,
                         const roster::Membership& membership) {
    Output& out = context.out;
    out.line(out.paint(Paint::bold,
                       fmt::format("{} {} {} {} {}", base::fit("ID", 10), base::fit("NAME", 24),
                                   base::fit("ROLE", 20), base::fit("SKILLS", 24), "REACHED BY")));
    for (const roster::Responder* person : people) {
      const std::vector<std::string> skills = texts(person->skills);
      const std::vector<std::string> channels = channels_of(*person);
      const std::size_t devices = membership.live_devices(person->id).size();
      std::string reach = base::join(channels, " ");
      if (devices > 0)
        reach += (reach.empty() ? "" : " + ") + base::counted(devices, "device", "devices");
      if (reach.empty()) reach = out.paint(Paint::red, "nothing");
      if (!person->is_active()) reach += out.paint(Paint::dim, " (not active)");
      out.line(fmt::format("{} {} {} {} {}", base::fit(person->id.str(), 10),
                           base::fit(base::printable(person->name), 24),
                           base::fit(person->role.str(), 20),
                           base::fit(base::join(skills, ", "), 24), reach));
    }
    context.out.note(base::counted(people.size(), "person", "people"));
  }

  std::string role_;
  std::vector<std::string> skills_;
  std::string group_;
  std::string ward_;
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_list() { return std::make_unique<StaffList>(); }

}  // namespace tocsin::cli
