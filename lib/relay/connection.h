// One client's connection: reads requests, writes answers, and takes under a kilobyte during a long
// poll. It enforces HTTP and its limits; its owner decides what to answer. Runs on the owner's
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "relay/gate.h"
#include "relay/limits.h"
#include "relay/page.h"
#include "relay/stream.h"

namespace tocsin::relay {

struct Request {
  std::string method;
  std::string target;
  std::string host;  // lower case
  std::string proof;
  std::string certificate;
  std::string known_tag;      // If-None-Match: the version of the file that the client has
  std::string languages;      // Accept-Language
  bool unpacks_gzip = false;  // Accept-Encoding has gzip
  // For hooks.
  std::string content_type;
  std::string authorization;
  std::string signature;  // by a provider, in a header of its own
  base::Bytes body;
};

struct Answer {
  int status = 200;
  base::Bytes body;
  bool is_text = false;
  int retry_after_seconds = 0;
  const PageFile* file = nullptr;  // when it is one: its headers go with the answer
  bool is_packed = false;
  std::string_view allow{};  // with 405: the method that this target takes
  std::optional<base::Instant> date{};
  std::string_view type{};  // of the body, when it is neither text nor one of our own forms
};
Answer answer_of(const Refusal& refusal);
// The answer of /healthz.
Refusal health(bool is_well) noexcept;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  class Owner {
   public:
    virtual ~Owner() = default;
    // Must answer, or `wait_until`, or keep the connection and answer later.
    virtual void on_request(const std::shared_ptr<Connection>& connection, Request request) = 0;
    // A long poll has waited as long as it asked to.
    virtual void on_patience_end(Connection& connection) = 0;
    virtual void on_close(Connection& connection) = 0;
    virtual void on_answer(int status) = 0;  // before it is written
    // Reserves memory for a body that is about to be read; false when there is none at the moment.
    virtual bool claim(std::size_t bytes) = 0;
    virtual void release(std::size_t bytes) = 0;
    virtual double seconds() const = 0;  // of real time, for deadlines
    // Whether connections end with their next answer.
    virtual bool is_last_request() const = 0;
    virtual const limits::Patience& patience() const = 0;
  };

  Connection(Socket socket, const Tls* tls, Owner& owner);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  void answer(Answer answer);
  void wait_until(double deadline);  // instead of an answer; notices when the client goes away
  void close();
  // Whether its deadline has passed. The owner asks now and then, and then calls `end_late`: that
  // ends a long poll with an empty answer, and anything else with the connection.
  bool is_late(double now) const noexcept { return now >= deadline_; }
  void end_late(double now);
  // Whether a deadline that passes now is the client's fault: it sends a request or reads an
  // answer.
  bool is_at_fault() const noexcept { return phase_ == Phase::reading || phase_ == Phase::writing; }
  bool is_idle() const noexcept { return phase_ == Phase::idle; }
  // Whether it may be ended to make room for others. A client that waits for its answer may not.
  bool can_make_room() const noexcept {
    return is_idle() || is_at_fault() || phase_ == Phase::lingering;
  }
  // When it became idle, began to send its request or began to read its answer.
  double since() const noexcept { return since_; }

 private:
  enum class Phase : std::uint8_t { idle, reading, working, waiting, writing, lingering, closed };
  struct Reading;
  struct Writing;
  enum class After : std::uint8_t { next_request, closing };

  void watch();
  void watch_socket();
  void on_readable();
  void read_head();
  void on_head();
  void on_time_out();
  void on_body();
  void refuse(int status, std::string_view reason, int retry_after_seconds = 0);
  void write(Answer answer, After after);
  void on_written();
  void linger();
  void release_claim();

  Stream stream_;
  Owner& owner_;
  std::unique_ptr<Reading> reading_;  // only while a request is being read
  std::unique_ptr<Writing> writing_;  // only while an answer is being written
  double deadline_ = 0;
  double since_ = 0;
  std::uint32_t claimed_ = 0;
  std::uint32_t lingered_ = 0;
  Phase phase_ = Phase::idle;
  After after_ = After::next_request;
  std::uint8_t refusals_ = 0;  // in a row
  bool keep_alive_ = true;
  bool is_head_ = false;  // HEAD: the answer is sent without its body
  bool watching_ = false;
  bool timed_out_ = false;
};

}  // namespace tocsin::relay
