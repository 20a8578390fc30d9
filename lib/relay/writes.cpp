#include "relay/writes.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/fault.h"
#include "relay/limits.h"

namespace tocsin::relay {

namespace asio = boost::asio;

namespace {

Answer store_failed() { return answer_of({507, "the store cannot be written"}); }

std::size_t messages_of(const Write& write) {
  const auto* batch = std::get_if<wire::Batch>(&write.work);
  return batch == nullptr ? 1 : batch->messages.size();
}

}  // namespace

Writes::Writes(Store& store, Gate& gate, const base::Clock& clock, asio::io_context& io,
               Counters& counters, OnArrivals on_arrivals)
    : store_(store),
      gate_(gate),
      clock_(clock),
      io_(io),
      counters_(counters),
      on_arrivals_(std::move(on_arrivals)),
      disk_(store.log(), io) {}

void Writes::add(Write write) {
  if (!disk_.works()) return write.connection->answer(store_failed());
  gathered_messages_ += messages_of(write);
  gathered_.push_back(std::move(write));
  commit_soon();
}

// Requests that arrive in one turn of the loop share a transaction. While the disk syncs the one
// before, a small group waits for more, because each transaction writes whole pages.
void Writes::commit_soon() {
  if (commit_is_due_ || gathered_.empty()) return;
  if (disk_.is_busy() && gathered_messages_ < limits::kFullGroup) return;
  commit_is_due_ = true;
  asio::post(io_, [this] { commit(); });
}

void Writes::commit() {
  commit_is_due_ = false;
  gathered_messages_ = 0;
  const std::vector<Write> writes = std::exchange(gathered_, {});
  std::vector<Answer> answers;
  Changes changes;
  answers.reserve(writes.size());
  try {
    store_.begin();
    for (const Write& write : writes) answers.push_back(carry_out(write, changes));
    store_.commit();
    commits_ = true;
    ++counters_.commits;
  } catch (const base::Fault& fault) {
    store_.roll_back();
    commits_ = false;
    trouble_ = fault.what();
    ++counters_.failed_commits;
    for (const Write& write : writes) write.connection->answer(store_failed());
    return;
  }
  for (std::size_t i = 0; i < writes.size(); ++i)
    answers_.push_back({writes[i].connection, std::move(answers[i])});
  if (!disk_.is_busy()) sync();
  for (const auto& [mailbox, open] : changes.opened) gate_.opened(mailbox, open);
  // Also when the sync will fail: from here on readers see these messages in any case.
  on_arrivals_(changes.arrivals);
}

void Writes::try_again() {
  if (commits_) return;
  try {
    store_.try_writing();
    commits_ = true;
  } catch (const base::Fault& fault) {
    trouble_ = fault.what();
  }
}

void Writes::sync() {
  disk_.sync([this, answers = std::exchange(answers_, {}),
              watch = base::Stopwatch{}](bool is_durable) mutable {
    ++counters_.syncs;
    counters_.sync_seconds += watch.seconds();
    if (!is_durable) trouble_ = "the disk cannot be synced; start the relay again once it can";
    for (Answered& answered : answers)
      answered.connection->answer(is_durable ? std::move(answered.answer) : store_failed());
    if (!answers_.empty()) sync();
    commit_soon();
  });
}

Answer Writes::carry_out(const Write& write, Changes& changes) {
  if (const auto* cursor = std::get_if<std::uint64_t>(&write.work)) {
    ++counters_.acknowledgements;
    const auto receipts = store_.acknowledge(write.caller.id, *cursor, limits::kBusyMailbox);
    changes.arrivals.insert(changes.arrivals.end(), receipts.begin(), receipts.end());
    return {204, {}};
  }
  if (const auto* post = std::get_if<HookWrite>(&write.work)) return carry_out(*post, changes);
  const auto& batch = std::get<wire::Batch>(write.work);
  if (batch.answers && !changes.opened.contains(*batch.answers)) {
    if (const auto open = gate_.opening(write.caller, *batch.answers)) {
      store_.open_mailbox(*batch.answers, *open);
      changes.opened[*batch.answers] = *open;
    }
  }
  std::vector<wire::Outcome> outcomes;
  outcomes.reserve(batch.messages.size());
  for (const wire::Message& message : batch.messages) {
    outcomes.push_back(deposit(write.caller, message, batch.answers, changes));
    counters_.count(outcomes.back());
  }
  Answer answer{200, wire::encode_outcomes(outcomes)};
  if (std::find(outcomes.begin(), outcomes.end(), wire::Outcome::too_fast) != outcomes.end())
    answer.retry_after_seconds = gate_.wait_seconds(write.caller);
  return answer;
}

Answer Writes::carry_out(const HookWrite& post, Changes& changes) {
  const Deposit deposit{post.kept.mailbox, post.kept.id, post.kept.expires,
                        post.kept.sealed,  std::nullopt, wire::ItemKind::hooked};
  const Put put = store_.put(deposit, limits::kBusyMailbox);
  if (put.kept == Kept::full) {
    counters_.count(HookOutcome::full);
    return answer_of({503, "the hook's mailbox is full", 60});
  }
  counters_.count(put.kept == Kept::already ? HookOutcome::again : HookOutcome::kept);
  if (put.kept == Kept::stored)
    changes.arrivals.push_back({deposit.mailbox, put.cursor, wire::ItemKind::hooked, deposit.id,
                                deposit.expires, deposit.envelope});
  return post.answer;
}

wire::Outcome Writes::deposit(const Caller& caller, const wire::Message& message,
                              std::optional<seal::KeyId> receipts, Changes& changes) {
  const base::Instant now = clock_.now();
  if (!gate_.may_write(caller, message.mailbox)) return wire::Outcome::not_allowed;
  if (message.expires <= now) return wire::Outcome::expired;
  if (!gate_.spend(caller)) return wire::Outcome::too_fast;
  const Deposit deposit{message.mailbox, message.id,
                        std::min(message.expires, now + limits::kLongestLife), message.envelope,
                        receipts};
  // A mailbox that this transaction opens has the larger capacity already.
  const std::size_t capacity = changes.opened.contains(message.mailbox)
                                   ? limits::kBusyMailbox
                                   : gate_.capacity(message.mailbox);
  const Put put = store_.put(deposit, capacity);
  if (put.kept == Kept::full) return wire::Outcome::full;
  if (put.kept == Kept::already) return wire::Outcome::already;
  changes.arrivals.push_back({deposit.mailbox, put.cursor, wire::ItemKind::message, deposit.id,
                              deposit.expires, deposit.envelope});
  return wire::Outcome::stored;
}

}  // namespace tocsin::relay
