#include "incident/state/ledger.h"

#include <fmt/format.h>

#include "base/fault.h"

namespace tocsin::incident {

Ledger::Ledger(journal::Journal& journal, std::optional<base::Instant> until)
    : journal_(&journal), until_(until), state_(std::make_unique<State>()) {
  fold(0);
}

void Ledger::fold(std::uint64_t after) {
  size_ = after;
  journal_->read_after(after, [&](const journal::Entry& entry) {
    const auto event = decode_event(entry.body);
    if (!event)
      throw base::Fault(
          base::Exit::untrusted,
          fmt::format("event {} of the journal cannot be read", entry.number),
          "a newer version of tocsin may have written it; else run \"tocsin record verify\"");
    size_ = entry.number;
    if (!until_ || event->at <= *until_) state_->apply(*event);
  });
}

void Ledger::add(base::Instant at, const std::string& by, Body body) {
  TOCSIN_ASSERT(!until_);
  const Event event{at, by, std::move(body)};
  state_->apply(event);
  pending_.push_back(encode(event));
}

bool Ledger::commit() {
  if (pending_.empty()) return true;
  const journal::Append result = journal_->append(size_, pending_);
  if (result == journal::Append::done) {
    size_ += pending_.size();
    pending_.clear();
    return true;
  }
  pending_.clear();
  state_ = std::make_unique<State>();
  ++generation_;
  fold(0);
  return false;
}

void Ledger::catch_up() {
  TOCSIN_ASSERT(pending_.empty());
  fold(size_);
}

}  // namespace tocsin::incident
