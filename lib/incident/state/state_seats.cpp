// The part of the fold that follows from the playbook and the roster: seats, who can hold them, and
// counts.
#include <algorithm>

#include "incident/state/state.h"

namespace tocsin::incident {

namespace {

bool contains(const std::vector<std::string>& sorted, const std::string& word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool may_hold(const Profile& profile, const playbook::Post& post) {
  if (!post.staff_group.empty() && post.staff_group.str() != profile.staff_group) return false;
  for (const auto& skill : post.all_of)
    if (!contains(profile.skills, skill.str())) return false;
  return post.any_of.empty() ||
         std::any_of(post.any_of.begin(), post.any_of.end(),
                     [&](const auto& skill) { return contains(profile.skills, skill.str()); });
}

}  // namespace

const playbook::Shift& State::running_shift(base::Instant now) const {
  const playbook::Shift* running = &playbook.shifts.front();
  for (const playbook::Shift& shift : playbook.shifts)
    if (at(shift.from) <= now) running = &shift;
  return *running;
}

int State::running_shift_position(base::Instant now) const {
  return static_cast<int>(&running_shift(now) - playbook.shifts.data());
}

bool State::is_lead(PostIndex post) const noexcept {
  const auto& lead = playbook.areas[static_cast<std::size_t>(area_of_post_[post])].lead;
  return !lead.empty() && lead == playbook.posts[post].role;
}

int State::open_seats(PostIndex post) const {
  return std::max(0, playbook.posts[post].count() - static_cast<int>(holders[post].people.size()));
}

std::vector<int> State::open_seats() const {
  std::vector<int> open;
  for (PostIndex p = 0; p < playbook.posts.size(); ++p) open.push_back(open_seats(p));
  return open;
}

void State::sort_touched(std::size_t from) {
  const auto keep = [](PeopleSet& group, PersonIndex person, bool is_in) {
    if (is_in)
      group.insert(person);
    else
      group.erase(person);
  };
  for (std::size_t t = from; t < touched.size(); ++t) {
    const Person& person = people[touched[t]];
    keep(silent, touched[t], person.is_silent() && person.status == Status::free);
    keep(reserved, touched[t], person.status == Status::reserved);
    keep(kept_out, touched[t], person.is_kept_out());
    sort_holder(touched[t]);
  }
}

void State::sort_holder(PersonIndex person) {
  std::optional<PostIndex>& held = held_by_[person];
  std::optional<PostIndex> now;
  if (people[person].status == Status::assigned) now = slots[people[person].slot].post;
  if (held) ++holders[*held].revision;
  if (held == now) return;
  if (held) std::erase(holders[*held].people, person);
  held = now;
  if (!held) return;
  std::vector<PersonIndex>& others = holders[*held].people;
  others.insert(std::lower_bound(others.begin(), others.end(), person), person);
  ++holders[*held].revision;
}

Counts State::counts() const {
  Counts c;
  for (const Person& p : people) {
    c.called += p.was_asked() ? 1 : 0;
    c.reached += p.was_asked() && p.reached ? 1 : 0;
    c.replied += p.was_asked() && p.answer != Answer::none ? 1 : 0;
    c.silent += p.is_silent() ? 1 : 0;
    c.offers += p.offered ? 1 : 0;
    if (!p.offered) {
      c.yes += p.answer == Answer::coming ? 1 : 0;
      c.later += p.answer == Answer::later ? 1 : 0;
      c.last_resort += p.answer == Answer::last_resort ? 1 : 0;
      c.no += p.answer == Answer::no ? 1 : 0;
    }
    c.assigned += p.status == Status::assigned ? 1 : 0;
    c.reserved += p.status == Status::reserved ? 1 : 0;
    c.stood_down += p.status == Status::stood_down ? 1 : 0;
    c.arrived += p.arrived ? 1 : 0;
  }
  return c;
}

HeldSeats State::held_seats() const {
  HeldSeats held{std::vector<int>(slots.size()), std::vector<int>(slots.size())};
  for (const Holders& post : holders) {
    for (const PersonIndex p : post.people) {
      ++held.sent[people[p].slot];
      held.here[people[p].slot] += people[p].arrived ? 1 : 0;
    }
  }
  return held;
}

void State::rebuild_slots() {
  std::vector<Slot> before = std::move(slots);
  slots.clear();
  shift_of_post_.clear();
  area_of_post_.clear();
  holders.resize(playbook.posts.size());
  for (Holders& post : holders) ++post.revision;
  for (PostIndex p = 0; p < playbook.posts.size(); ++p) {
    const playbook::Post& post = playbook.posts[p];
    const playbook::Shift* shift = playbook.find_shift(post.shift);
    shift_of_post_.push_back(static_cast<int>(shift - playbook.shifts.data()));
    const playbook::Area* area = playbook.find_area(post.area);
    area_of_post_.push_back(static_cast<int>(area - playbook.areas.data()));
    int taken = 0;
    for (std::uint32_t t = 0; t < post.needs.size(); ++t) {
      const int count = post.needs[t].count - taken;
      const int minimum = std::clamp(post.minimum - taken, 0, count);
      slots.push_back({p, t, count, minimum, shift->from, post.needs[t].by});
      taken = post.needs[t].count;
    }
  }
  // The holder of a seat that is gone becomes free. The holder of a seat whose position has changed
  // gets the new position.
  for (PersonIndex p = 0; p < people.size(); ++p) {
    Person& person = people[p];
    if (person.status != Status::assigned) continue;
    const Slot old = before[person.slot];
    const auto now = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) {
      return s.post == old.post && s.tranche == old.tranche;
    });
    if (now == slots.end()) {
      person.status = Status::free;
      person.slot = 0;
      touched.push_back(p);
    } else {
      person.slot = static_cast<SlotIndex>(now - slots.begin());
    }
  }
  ++needs_revision;
}

void State::sort_into_profiles() {
  std::set<std::string_view> words;
  for (const playbook::Post& post : playbook.posts) {
    for (const auto& skill : post.all_of) words.insert(skill.str());
    for (const auto& skill : post.any_of) words.insert(skill.str());
  }
  std::map<std::pair<std::string_view, std::vector<std::string_view>>, std::uint32_t> known;
  std::pair<std::string_view, std::vector<std::string_view>> key;
  for (std::size_t i = 0; i < people.size(); ++i) {
    key.first = roster[i].staff_group.str();
    key.second.clear();
    for (const auto& skill : roster[i].skills)
      if (words.contains(skill.str())) key.second.push_back(skill.str());
    std::sort(key.second.begin(), key.second.end());
    const auto [at, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(profiles.size()));
    if (fresh) {
      Profile profile{std::string{key.first}, {key.second.begin(), key.second.end()}, {}};
      for (const playbook::Post& post : playbook.posts)
        profile.can_hold.push_back(may_hold(profile, post));
      profiles.push_back(std::move(profile));
    }
    people[i].profile = at->second;
  }
}

}  // namespace tocsin::incident
