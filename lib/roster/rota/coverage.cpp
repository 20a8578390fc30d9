#include "roster/rota/coverage.h"

#include <algorithm>
#include <span>
#include <utility>

#include "roster/rota/on_call.h"

namespace tocsin::roster {

namespace {

using base::Instant;

struct Serving {
  std::size_t person;
  const Stint* stint;
  std::vector<Stretch> times;  // of the stint, without those of leave, within what is looked at
};

// Takes `cut` out of times that do not overlap.
void take_out(std::vector<Stretch>& times, const Stint& cut) {
  std::vector<Stretch> left;
  for (const Stretch& time : times) {
    const Stretch before{time.from, std::min(time.until, cut.from)};
    const Stretch after{std::max(time.from, cut.until), time.until};
    if (before.from < before.until) left.push_back(before);
    if (after.from < after.until) left.push_back(after);
  }
  times = std::move(left);
}

// Who is on duty or on call within a time.
std::vector<Serving> serving(const Rota& rota, const Roster& roster, const Stretch& within) {
  std::vector<Serving> out;
  for (std::size_t p = 0; p < roster.size(); ++p) {
    if (!roster[p].is_active()) continue;
    const std::span<const Stint> stints = rota.of(roster[p].id);
    for (const Stint& stint : stints) {
      if (stint.duty != Duty::on_duty && stint.duty != Duty::on_call) continue;
      const Stretch time{std::max(stint.from, within.from), std::min(stint.until, within.until)};
      if (time.from >= time.until) continue;
      Serving one{p, &stint, {time}};
      for (const Stint& other : stints)
        if (other.duty == Duty::absent) take_out(one.times, other);
      if (!one.times.empty()) out.push_back(std::move(one));
    }
  }
  return out;
}

std::vector<Stretch> without(std::vector<Stretch> covered, const Stretch& within) {
  std::sort(covered.begin(), covered.end(),
            [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
  std::vector<Stretch> empty;
  Instant reached = within.from;
  for (const Stretch& time : covered) {
    if (time.from > reached) empty.push_back({reached, time.from});
    reached = std::max(reached, time.until);
  }
  if (reached < within.until) empty.push_back({reached, within.until});
  return empty;
}

bool touches(const Stint& stint, const Stretch& within) {
  return stint.from < within.until && within.from < stint.until;
}

void find_overlaps(std::span<const Stint> stints, const Stretch& within,
                   std::vector<Overlap>& found) {
  for (const Duty duty : {Duty::on_duty, Duty::on_call}) {
    const Stint* longest = nullptr;  // of those so far, the one that ends last
    for (const Stint& stint : stints) {
      if (stint.duty != duty || !touches(stint, within)) continue;
      if (longest != nullptr && stint.from < longest->until) found.push_back({*longest, stint});
      if (longest == nullptr || longest->until < stint.until) longest = &stint;
    }
  }
}

void find_long_duties(std::span<const Stint> stints, const Stretch& within,
                      std::vector<LongDuty>& found) {
  std::optional<Stretch> work;
  const auto close = [&](const PersonId& person) {
    if (work && work->until - work->from >= kWholeDay) found.push_back({person, *work});
  };
  for (const Stint& stint : stints) {
    if (stint.duty != Duty::on_duty || !touches(stint, within)) continue;
    if (work && stint.from <= work->until) {
      work->until = std::max(work->until, stint.until);
    } else {
      close(stint.person);
      work = Stretch{stint.from, stint.until};
    }
  }
  if (work) close(stints.front().person);
}

}  // namespace

std::string_view to_text(RotaNeed::Kind kind) noexcept {
  switch (kind) {
    case RotaNeed::Kind::on_call_role:
      return "on-call role";
    case RotaNeed::Kind::key_role:
      return "key role";
    case RotaNeed::Kind::minimum:
      return "minimum";
  }
  return "";
}

RotaNeed on_call_need(const Roster& roster, RoleId role) {
  std::string name = role.str();
  return {RotaNeed::Kind::on_call_role, std::move(name),
          [&roster, role = std::move(role)](std::size_t person, const Stint& stint) {
            return stint.duty == Duty::on_call && role_in(stint, roster[person]) == role;
          }};
}

std::vector<RotaNeed> needs_of(const Rota& rota, const Roster& roster) {
  std::vector<RotaNeed> needs;
  for (RoleId& role : on_call_roles(rota, roster))
    needs.push_back(on_call_need(roster, std::move(role)));
  return needs;
}

Coverage coverage_of(const Rota& rota, const Roster& roster, Instant at,
                     const std::vector<RotaNeed>& needs) {
  const Horizon horizon{rota, roster};
  Coverage out;
  out.at = at;
  out.has_plan = horizon.has_plan();
  out.reach = horizon.nearest(at);
  out.next = horizon.next(at);
  for (std::size_t p = 0; p < roster.size(); ++p)
    if (roster[p].is_active() && horizon.duty_of(p, at) == Duty::unknown) ++out.unknown;
  const Stretch fortnight{at, at + kFortnight};
  for (const Responder& person : roster.responders()) {
    find_overlaps(rota.of(person.id), fortnight, out.overlaps);
    find_long_duties(rota.of(person.id), fortnight, out.long_duties);
  }
  if (out.reaches())
    out.looked_at = Stretch{at, std::min(fortnight.until, out.reach->until)};
  else if (out.next && out.next->from < fortnight.until)
    out.looked_at = Stretch{out.next->from, std::min(fortnight.until, out.next->until)};
  else
    return out;
  const std::vector<Serving> on = serving(rota, roster, *out.looked_at);
  for (const RotaNeed& need : needs) {
    std::vector<Stretch> covered;
    for (const Serving& one : on)
      if (need.is_met_by(one.person, *one.stint))
        covered.insert(covered.end(), one.times.begin(), one.times.end());
    if (auto times = without(std::move(covered), *out.looked_at); !times.empty())
      out.uncovered.push_back({need.kind, need.name, std::move(times)});
  }
  return out;
}

}  // namespace tocsin::roster
