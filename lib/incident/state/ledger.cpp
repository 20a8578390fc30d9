#include "incident/state/ledger.h"

#include <fmt/format.h>

#include "base/fault.h"

namespace tocsin::incident {

Ledger::Ledger(journal::Journal& journal, std::optional<base::Instant> until)
    : journal_(&journal), until_(until), state_(std::make_unique<State>()) {
  fold(0);
}

// To look back, everything up to the last event of that time or earlier. Those before it may carry
// a later time, from a clock that was ahead, and what followed makes sense with them only.
std::uint64_t Ledger::last_to_fold(std::uint64_t after) {
  if (!until_) return UINT64_MAX;
  std::uint64_t last = 0;
  journal_->read_after(after, [&](const journal::Entry& entry) {
    const auto event = decode_event(entry.body);
    if (event && event->at <= *until_) last = entry.number;
  });
  return last;
}

void Ledger::fold(std::uint64_t after) {
  size_ = after;
  is_behind_ = true;
  const std::uint64_t last = last_to_fold(after);
  journal_->read_after(after, [&](const journal::Entry& entry) {
    const auto event = decode_event(entry.body);
    if (!event)
      throw base::Fault(
          base::Exit::untrusted,
          fmt::format("event {} of the journal cannot be read", entry.number),
          "a newer version of tocsin may have written it; else run \"tocsin record verify\"");
    size_ = entry.number;
    if (entry.number <= last) state_->apply(*event);
  });
  is_behind_ = false;
}

void Ledger::apply(const Event& event) {
  TOCSIN_ASSERT(!until_);
  state_->apply(event);
  pending_.push_back(encode(event));
}

void Ledger::add(base::Instant at, const std::string& by, Body body) {
  journal_->check_time(at);
  look_at_clock(at);
  apply({at, by, std::move(body)});
}

void Ledger::look_at_clock(base::Instant now) {
  if (!state_->is_declared() || now >= state_->latest) return;
  journal_->check_time(now);
  const base::Milliseconds back = state_->latest - now;
  apply({now, "", ClockSetBack{static_cast<std::uint64_t>(back.count())}});
}

bool Ledger::commit(journal::Fence fence) {
  if (pending_.empty()) return true;
  const journal::Append result = journal_->append(size_, pending_, fence);
  if (result == journal::Append::done) {
    size_ += pending_.size();
    pending_.clear();
    return true;
  }
  start_over();
  if (result == journal::Append::superseded) throw journal::Superseded();
  return false;
}

void Ledger::start_over() {
  pending_.clear();
  state_ = std::make_unique<State>();
  ++generation_;
  fold(0);
}

void Ledger::catch_up() {
  TOCSIN_ASSERT(pending_.empty());
  fold(size_);
}

}  // namespace tocsin::incident
