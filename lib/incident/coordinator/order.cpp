#include "incident/coordinator/order.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/counted.h"
#include "base/fault.h"
#include "base/text.h"
#include "incident/message/notice.h"
#include "incident/seating/arrival.h"
#include "incident/seating/rest.h"
#include "incident/state/find.h"
#include "incident/state/reach.h"
#include "playbook/screen.h"
#include "roster/rota/rest.h"

namespace tocsin::incident {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;
using base::local_clock;

constexpr base::Minutes kSoon{30};
// The same limits as for a reply from a device (drive.cpp).
constexpr base::Minutes kLongestEta{24 * 60};
constexpr base::Minutes kLatestStart{7 * 24 * 60};

void check_open(const State& state) {
  if (state.has_ended())
    throw Fault(Exit::usage, fmt::format("{} has ended", state.declared.label),
                "\"tocsin declare\" begins another incident");
}

const std::string& name_of(const State& state, PersonIndex person) {
  return state.roster[person].name;
}

std::string missing_for(const State& state, PersonIndex index, const playbook::Post& post) {
  const roster::Responder& row = state.roster[index];
  std::vector<std::string> missing;
  if (!post.staff_group.empty() && post.staff_group.str() != row.staff_group.str())
    missing.push_back("being " + post.staff_group.str());
  for (const auto& skill : post.all_of)
    if (!row.has_skill(roster::SkillId{skill.str()})) missing.push_back(skill.str());
  const bool has_any = post.any_of.empty() ||
                       std::any_of(post.any_of.begin(), post.any_of.end(), [&](const auto& s) {
                         return row.has_skill(roster::SkillId{s.str()});
                       });
  if (!has_any) {
    std::vector<std::string> any;
    for (const auto& skill : post.any_of) any.push_back(skill.str());
    missing.push_back(base::join(any, " or "));
  }
  return base::join(missing, ", ");
}

std::string with_overrides(std::string why, std::string_view what, const std::string& detail) {
  return fmt::format("{}; {} overridden: {}", why, what, detail);
}

}  // namespace

std::string words_of(std::string_view text, std::string_view what) {
  const std::string_view words = base::trim(text);
  if (words.empty())
    throw Fault(Exit::usage, fmt::format("{} is empty", what), "say it in a few words");
  if (words.size() > kMostWords)
    throw Fault(Exit::usage, fmt::format("{} is longer than {} characters", what, kMostWords),
                "say it in fewer words");
  if (base::printable(words) != words)
    throw Fault(Exit::usage, fmt::format("{} has characters that cannot be shown", what),
                "write it on one line, without tabs and control characters");
  return std::string{words};
}

std::vector<std::string> rest_broken_by(const State& state, PersonIndex person, PostIndex post,
                                        Instant arrives) {
  const roster::RestRules rules = rest_rules(state);
  const playbook::Shift& shift = *state.playbook.find_shift(state.playbook.posts[post].shift);
  const Instant from = std::max(arrives, state.at(shift.from));
  std::vector<std::string> sentences;
  if (from >= state.at(shift.until)) return sentences;
  for (const roster::Breach& breach :
       roster::breaches(state.rota, rules, state.roster[person].id, from, state.at(shift.until)))
    sentences.push_back(roster::to_sentence(breach));
  return sentences;
}

Order set_need(const State& state, PostIndex index, int count, std::optional<Instant> by,
               std::string why, Instant now) {
  check_open(state);
  const playbook::Post& post = state.playbook.posts[index];
  const playbook::Shift& shift = *state.playbook.find_shift(post.shift);
  Instant needed = by.value_or(state.at(post.by()));
  if (!by && needed < now) needed = std::max(now + kSoon, state.at(shift.from));
  if (needed < now)
    throw Fault(Exit::usage, fmt::format("{} has passed", local_clock(needed)),
                "--by +30min, or --by 23:30");
  needed = state.at(state.minutes_to(needed));  // rounded as the state keeps it
  if (needed >= state.at(shift.until))
    throw Fault(
        Exit::usage,
        fmt::format("the {} shift ends at {}", shift.title, local_clock(state.at(shift.until))),
        state.playbook.shifts.size() > 1 ? "name a later shift with --shift" : "");
  if (count == post.count() && (!by || state.minutes_to(*by) == post.by()))
    return {{}, fmt::format("{} needs {} already", post.id.str(), count)};
  return {{NeedSet{post.id, static_cast<std::uint64_t>(count), needed, std::move(why)}},
          fmt::format("{} now needs {} by {}; it needed {} by {}", post.id.str(), count,
                      local_clock(needed), post.count(), local_clock(state.at(post.by())))};
}

Order reply_for(const State& state, PersonIndex index, const Reply& reply,
                const ChannelId& heard_on, Instant now, base::Random& ids) {
  const std::string& name = name_of(state, index);
  Replied event{seal::random_message_id(ids), state.roster[index].id, reply.answer,
                reply.when.value_or(Instant{}), heard_on};
  std::string said;
  switch (reply.answer) {
    case Answer::coming:
      if (!reply.when) event.when = now + state.roster[index].travel;
      if (event.when < now || event.when > now + kLongestEta)
        throw Fault(Exit::usage, "who is coming arrives within 24 hours",
                    "--eta 25 is in 25 minutes; for another day: later --from \"Sunday 07:00\"");
      said = fmt::format("{} is coming, at {}", name, local_clock(event.when));
      break;
    case Answer::later:
      if (!reply.when)
        throw Fault(Exit::usage, "\"later\" needs to know from when", "--from 07:00");
      if (*reply.when < now || *reply.when > now + kLatestStart)
        throw Fault(Exit::usage, "\"later\" is within 7 days", "--from 07:00");
      said = fmt::format("{} can come from {}", name, base::local_stamp(*reply.when));
      break;
    case Answer::last_resort:
      said = fmt::format("{} comes only if you are short", name);
      break;
    case Answer::no:
      said = fmt::format("{} cannot come", name);
      break;
    case Answer::arrived:
      said = fmt::format("{} is here", name);
      break;
    case Answer::leaving:
      said = fmt::format("{} is leaving", name);
      break;
    case Answer::none:
    case Answer::seen:
      throw Fault(Exit::usage, "that is not an answer",
                  "coming, later, last-resort, no, arrived or leaving");
  }
  if (state.has_ended())
    said =
        fmt::format("{} has ended and takes no answer; {} is told so", state.declared.label, name);
  return {{std::move(event)}, std::move(said)};
}

Order assign(const State& state, PersonIndex index, PostIndex post_at, const Overrides& overrides,
             std::string why, Instant now) {
  check_open(state);
  const Person& person = state.people[index];
  const roster::Responder& row = state.roster[index];
  const playbook::Post& post = state.playbook.posts[post_at];
  if (person.pinned == post_at && person.status != Status::released)
    return {{}, fmt::format("{} is assigned to {} already", row.name, post.id.str())};
  if (!row.is_active())
    throw Fault(Exit::untrusted, fmt::format("{} is not in service", row.name),
                "the roster says so; choose somebody else");
  if (post.count() == 0)
    throw Fault(Exit::usage, fmt::format("{} has no seats", post.id.str()),
                "\"tocsin need\" gives it some");
  if (!state.can_hold(index, post_at)) {
    const std::string missing = missing_for(state, index, post);
    if (!overrides.skills)
      throw Fault(Exit::untrusted,
                  fmt::format("{} lacks what {} asks for: {}", row.name, post.id.str(), missing),
                  "--override-skills assigns them all the same and records it");
    why = with_overrides(std::move(why), "skills", missing);
  }
  const bool will_travel =
      !person.arrived && person.answer == Answer::none && person.duty != roster::Duty::on_duty;
  const Instant arrives = will_travel ? now + row.travel : std::max(now, ready_at(state, index));
  const auto broken = rest_broken_by(state, index, post_at, arrives);
  if (!broken.empty()) {
    const std::string detail = base::join(broken, "; ");
    if (!overrides.rest)
      throw Fault(Exit::untrusted, fmt::format("{} would have {}", row.name, detail),
                  "--override-rest assigns them all the same and records the rest owed");
    why = with_overrides(std::move(why), "rest rules", detail);
  }
  std::string said = fmt::format("{} goes to {}", row.name, post.id.str());
  if (will_travel && !person.was_asked()) said += "; they were not asked, and are told now";
  return {{Pinned{row.id, post.id, std::move(why)}}, std::move(said)};
}

Order release(const State& state, PersonIndex index, std::string why) {
  check_open(state);
  const Person& person = state.people[index];
  const std::string& name = name_of(state, index);
  // Somebody who only left may come back; somebody who was released may not.
  if (person.let_go) return {{}, fmt::format("{} is released already", name)};
  std::string said = person.status == Status::assigned
                         ? fmt::format("{} leaves {}", name,
                                       state.playbook.posts[state.slots[person.slot].post].id.str())
                         : fmt::format("{} is released", name);
  return {{Released{state.roster[index].id, std::move(why)}},
          said + " and is not placed again tonight"};
}

Hearers find_hearers(const State& state, std::string_view text) {
  const auto after = [&](std::string_view prefix) { return text.substr(prefix.size()); };
  if (text == "coming") return {Audience::coming, ""};
  if (text == "asked") return {Audience::asked, ""};
  if (text.starts_with("area:")) return {Audience::area, find_area(state, after("area:")).id.str()};
  if (text.starts_with("role:")) {
    const PostIndex post = find_posts(state, nullptr, after("role:")).front();
    return {Audience::role, state.playbook.posts[post].role.str()};
  }
  return {Audience::person, state.roster[find_person(state, text)].id.str()};
}

std::vector<PersonIndex> people_of(const State& state, const Hearers& hearers) {
  std::vector<PersonIndex> found;
  const auto hears = [&](PersonIndex p) {
    const Person& person = state.people[p];
    if (hearers.audience == Audience::person) return state.roster[p].id.str() == hearers.whom;
    if (person.left || person.status == Status::released || person.status == Status::stood_down)
      return false;
    const bool assigned = person.status == Status::assigned;
    const playbook::Post* post =
        assigned ? &state.playbook.posts[state.slots[person.slot].post] : nullptr;
    switch (hearers.audience) {
      case Audience::area:
        return assigned && post->area.str() == hearers.whom;
      case Audience::role:
        return assigned ? post->role.str() == hearers.whom
                        : state.roster[p].role.str() == hearers.whom && person.was_asked() &&
                              person.answer != Answer::no;
      case Audience::coming:
        return assigned ? !person.arrived : person.answer == Answer::coming;
      case Audience::asked:
        return person.was_asked() && person.answer != Answer::no;
      case Audience::person:
        break;
    }
    return false;
  };
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (hears(p)) found.push_back(p);
  return found;
}

Order tell(const State& state, const Hearers& hearers, const std::string& text, Instant now,
           base::Random& ids) {
  check_open(state);
  if (const auto found = playbook::find_patient_details(text); !found.empty())
    throw Fault(Exit::usage,
                fmt::format("this looks like {}; nothing was sent",
                            playbook::to_text(found.front().suspicion)),
                "nothing clinical leaves the building: say it without");
  Order order;
  order.events.emplace_back(Told{hearers.audience, hearers.whom, text});
  int told = 0;
  int by_phone = 0;
  int unreachable = 0;
  for (const PersonIndex p : people_of(state, hearers)) {
    const Person& person = state.people[p];
    const auto channel = best_channel(state, p);
    if (!channel) {
      ++unreachable;
      continue;
    }
    ++told;
    by_phone += *channel == kPhone ? 1 : 0;
    const PostId post = person.status == Status::assigned
                            ? state.playbook.posts[state.slots[person.slot].post].id
                            : PostId{};
    order.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id,
                                     playbook::MessageKind::update, *channel, post, 0,
                                     now + kMessageLife, text, "a coordinator's words"});
  }
  if (told == 0)
    throw Fault(Exit::not_reached,
                unreachable == 0
                    ? "nobody is there to be told"
                    : fmt::format("{} to be told, none with a way to reach them", unreachable),
                "\"coming\" and \"asked\" reach more people");
  order.said = fmt::format("{} to be told", told);
  if (by_phone > 0) order.said += fmt::format(", {} of them through \"tocsin phone\"", by_phone);
  if (unreachable > 0) order.said += fmt::format("; {} cannot be reached", unreachable);
  return order;
}

Order decide(std::string decision, std::string why) {
  return {{Decided{std::move(decision), std::move(why)}}, "recorded"};
}

Order stand_down(const State& state, std::string why) {
  if (state.has_ended())
    return {{}, fmt::format("{} ended at {}", state.declared.label, local_clock(*state.ended_at))};
  int concerned = 0;
  for (const Person& person : state.people)
    concerned += person.status == Status::assigned || person.status == Status::reserved ||
                         (person.status == Status::free && person.was_asked())
                     ? 1
                     : 0;
  Order order{{Ended{std::move(why)}},
              fmt::format("{} has ended; {} stood down", state.declared.label,
                          base::counted(concerned, "person is", "people are"))};
  // Those who were stood down or released before hear that it is over, but are not rung for it.
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const bool is_at_home = state.people[p].status == Status::stood_down || state.people[p].let_go;
    const auto channel = best_channel(state, p);
    if (is_at_home && channel && *channel != kPhone)
      order.events.emplace_back(StoodDown{state.roster[p].id, "the incident has ended"});
  }
  return order;
}

}  // namespace tocsin::incident
