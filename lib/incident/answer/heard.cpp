#include "incident/answer/heard.h"

#include <algorithm>
#include <utility>

namespace tocsin::incident {

namespace {

constexpr std::size_t kContactDigits = 6;

bool says_something(Meaning meaning) noexcept {
  return meaning >= Meaning::yes && meaning <= Meaning::negation;
}

bool is_answer(Meaning meaning) noexcept {
  return meaning >= Meaning::yes && meaning <= Meaning::stop && meaning != Meaning::okay &&
         meaning != Meaning::there && meaning != Meaning::at_hospital;
}

// An answer, or what changes one.
bool is_strong(Meaning meaning) noexcept {
  return says_something(meaning) && meaning != Meaning::regret && meaning != Meaning::there;
}

// What a clause says by itself.
struct Part {
  std::vector<Meaning> meanings;
  std::vector<SaidTime> times;
  bool has_unknown = false;
  bool is_chatty = false;
  bool is_able = false;
  bool says_how_long = false;
  bool cannot_work = false;
  bool leaves_clearly = false;
  bool names_day = false;
  bool asks = false;

  bool says(Meaning meaning) const {
    return std::ranges::find(meanings, meaning) != meanings.end();
  }
  bool is_strong() const { return std::ranges::any_of(meanings, incident::is_strong); }
  bool has_only(std::initializer_list<Meaning> some) const {
    return std::ranges::all_of(meanings, [&](Meaning meaning) {
      return std::find(some.begin(), some.end(), meaning) != some.end();
    });
  }
};

void take(const Item& item, bool is_first, Part& part) {
  using enum Meaning;
  switch (item.meaning) {
    case unknown:
    case half:
    case half_to:
    case quarter:
    case number:
      part.has_unknown = true;
      return;
    case filler:
      part.is_chatty |= item.value == 1;
      return;
    case asks:
      if (is_first)
        part.asks = true;
      else if (item.value == 0)
        part.meanings.push_back(hedge);
      return;
    case after:
    case not_before:
    case at_least:
    case ago:
    case until:
      // Without a time that is understood they say more than is known.
      if (item.value == 0) part.meanings.push_back(hedge);
      return;
    case tomorrow:
    case weekday:
      part.names_day = true;
      return;
    case am:
      part.names_day |= item.value == 1;
      return;
    default:
      part.is_able |= item.meaning == coming && item.value == 1;
      part.says_how_long |= item.meaning == okay && item.value == 2;
      part.cannot_work |= item.meaning == excuse && item.value == 1;
      part.leaves_clearly |= item.meaning == leaving && item.value == 1;
      if (says_something(item.meaning)) part.meanings.push_back(item.meaning);
      return;
  }
}

Part part_of(std::span<const Item> items) {
  Part part;
  for (std::size_t i = 0; i < items.size();) {
    SaidTime time;
    if (const std::size_t size = read_time(items.subspan(i), time); size > 0) {
      part.times.push_back(time);
      i += size;
      continue;
    }
    take(items[i], i == 0, part);
    ++i;
  }
  return part;
}

bool is_contact(const Clause& clause) {
  return std::ranges::any_of(clause.items, [](const Item& item) {
    return item.digits.size() >= kContactDigits || item.mark == '@';
  });
}

class Listener {
 public:
  Heard hear(std::span<const Clause> clauses) {
    for (const Clause& clause : clauses) hear(clause);
    return std::move(heard_);
  }

 private:
  void hear(const Clause& clause) {
    if (clause.items.empty()) {
      heard_.is_muddled |= clause.is_question;
      return;
    }
    const Part part = part_of(clause.items);
    note_end(clause, part);
    const bool says_answer = std::ranges::any_of(part.meanings, is_answer) || !part.times.empty();
    // A signature, or what somebody says in general.
    if (clause.is_below && heard_.has_answer() && !says_answer) return;
    if (clause.is_question || part.asks) {
      heard_.is_asked = true;
      const bool has_only_time = !part.times.empty() && !part.has_unknown;
      heard_.is_muddled |= part.is_strong() || !heard_.has_answer() || has_only_time;
      heard_.is_partial = true;
    } else if (part.has_unknown) {
      hear_partly(clause, part);
    } else {
      const bool says_nothing = !part.is_strong() && part.times.empty() && !part.names_day;
      if (clause.follows_but && says_nothing) heard_.is_muddled = true;
      hear_known(part);
    }
  }

  // "…, so I can't" ends whatever was said before.
  void note_end(const Clause& clause, const Part& part) {
    using enum Meaning;
    const bool says_nothing = part.meanings.empty() && part.times.empty() && !part.has_unknown;
    const bool is_only_regret = part.has_only({regret}) && part.times.empty() && !part.has_unknown;
    if (says_nothing || is_only_regret) return;
    heard_.ends_in_no = !clause.is_question && !part.asks && !part.has_unknown && part.says(no) &&
                        part.has_only({no, not_tonight, regret, excuse}) && part.times.empty();
    const bool concludes = clause.follows_so || clause.follows_but || heard_.ends_in_refusal;
    heard_.ends_in_refusal = heard_.ends_in_no && concludes;
  }

  void hear_known(const Part& part) {
    using enum Meaning;
    heard_.is_chatty |= part.is_chatty;
    heard_.is_able |= part.is_able;
    heard_.cannot_work |= part.cannot_work;
    heard_.leaves_clearly |= part.leaves_clearly;
    heard_.names_day |= part.names_day;
    const bool is_stop = part.says(stop) && !part.has_only({stop, regret});
    heard_.is_muddled |= is_stop;
    for (const Meaning meaning : part.meanings)
      if (meaning != stop || !is_stop) add(meaning);
    for (const SaidTime& time : part.times) hear_time(time, part);
  }

  void add(Meaning meaning) { ++heard_.counts[static_cast<std::size_t>(meaning)]; }

  void hear_partly(const Clause& clause, const Part& part) {
    if (clause.begins_line && heard_.has_answer() && is_contact(clause)) return;
    // A signature, or what somebody says in general.
    if (clause.is_below && heard_.has_answer() && !std::ranges::any_of(part.meanings, is_answer))
      return;
    heard_.is_partial = true;
    if (clause.follows_but) heard_.is_muddled = true;
    if (introduces(clause) || answers_first(clause)) return;
    const bool is_strong = std::ranges::any_of(part.meanings, [](Meaning meaning) {
      return incident::is_strong(meaning) && meaning != Meaning::at_hospital;
    });
    heard_.is_muddled |= is_strong;
  }

  // "Norman here"
  static bool introduces(const Clause& clause) {
    const auto& items = clause.items;
    return items.size() >= 2 && items.back().meaning == Meaning::here &&
           items[items.size() - 2].meaning == Meaning::unknown &&
           std::all_of(items.begin(), items.end() - 1, [](const Item& item) {
             return item.meaning == Meaning::unknown || item.meaning == Meaning::filler;
           });
  }

  // "Y 20 bleep 1520", "no I have night feeds": an answer, and then unknown words that say nothing
  // more.
  bool answers_first(const Clause& clause) {
    using enum Meaning;
    const std::span items{clause.items};
    const auto unknown_at = std::ranges::find(items, unknown, &Item::meaning);
    const auto size = static_cast<std::size_t>(unknown_at - items.begin());
    const Part first = part_of(items.first(size));
    const Part rest = part_of(items.subspan(size));
    const bool has_duration = std::ranges::any_of(
        rest.times, [](const SaidTime& time) { return time.kind == SaidTime::Kind::duration; });
    if (first.has_unknown || rest.is_strong() || has_duration) return false;
    const Meaning meaning = items.front().meaning;
    const bool is_yes = meaning == yes && first.has_only({yes, coming, there, okay});
    const bool is_later = meaning == later && !first.times.empty() && first.has_only({later});
    // Right after a no an unknown word may be what there is none of: "no idea".
    const bool is_no =
        meaning == no && size > 1 && first.has_only({no, regret, excuse}) && first.times.empty();
    if (is_yes || is_later || is_no) hear_known(first);
    return is_yes || is_later || is_no;
  }

  void hear_time(const SaidTime& time, const Part& part) {
    using enum Meaning;
    if (time.is_past) {
      heard_.is_muddled |= !part.says(here) && !heard_.has(no);
    } else if (time.role == until) {
      heard_.has_until = true;
      heard_.is_muddled |= part.is_strong();
    } else {
      // "leaving in 20" is when they go, not when they are there.
      heard_.is_muddled |= part.says(departs) || part.says(sets_off);
      const bool is_duration = time.kind == SaidTime::Kind::duration;
      heard_.is_muddled |= part.says_how_long && is_duration && time.role != in;
      heard_.times.push_back(time);
    }
  }

  Heard heard_;
};

}  // namespace

Heard hear(std::span<const Clause> clauses) { return Listener{}.hear(clauses); }

}  // namespace tocsin::incident
