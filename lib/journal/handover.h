// A bounded queue of batches from one thread, the maker, to another, the taker. An exception that
// stops the maker is thrown in the taker, after the last batch.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace tocsin::journal {

template <class Batch>
class Handover {
 public:
  // For the maker. Waits while kMostAhead batches are waiting. False when the taker has left.
  bool give(Batch batch) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return has_left_ || waiting_.size() < kMostAhead; });
    if (has_left_) return false;
    waiting_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  void finish(std::exception_ptr why = nullptr) noexcept {
    const std::lock_guard lock{mutex_};
    is_finished_ = true;
    why_ = std::move(why);
    changed_.notify_all();
  }

  // For the taker. Waits for the next batch; nullopt when no more will come.
  std::optional<Batch> take() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return is_finished_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      if (why_) std::rethrow_exception(why_);
      return std::nullopt;
    }
    std::optional<Batch> batch{std::move(waiting_.front())};
    waiting_.pop_front();
    changed_.notify_all();
    return batch;
  }
  void leave() noexcept {
    const std::lock_guard lock{mutex_};
    has_left_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kMostAhead = 16;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool has_left_ = false;
  bool is_finished_ = false;
  std::exception_ptr why_;
};

}  // namespace tocsin::journal
