#include "relay/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "base/text.h"
#include "relay/limits.h"
#include "wire/messages.h"
#include "wire/proof.h"

namespace tocsin::relay {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

using Body = http::vector_body<std::uint8_t>;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }
boost::beast::string_view view(std::string_view text) { return {text.data(), text.size()}; }

// Refuses a request that a proxy in front might read in another way than we do. Otherwise one
// request could hide in another (request smuggling).
std::optional<Refusal> fault_of(const http::request<Body>& request) {
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  for (const auto& field : request) {
    hosts += field.name() == http::field::host ? 1 : 0;
    lengths += field.name() == http::field::content_length ? 1 : 0;
    if (field.name() == http::field::content_length &&
        view(field.value()).find_first_not_of("0123456789") != std::string_view::npos)
      return Refusal{400, "a length is a number"};
    if (field.name() == http::field::transfer_encoding)
      return Refusal{411, "a body needs its length"};
    if (field.name() == http::field::expect) return Refusal{417, "send the body at once"};
  }
  if (lengths > 1) return Refusal{400, "a body has one length"};
  if (hosts != 1) return Refusal{400, "a request names one host"};
  return std::nullopt;
}

// Each provider that signs has a header of its own, and sends only that.
std::string signature_of(const http::request<Body>& request) {
  for (const char* name :
       {"X-Twilio-Signature", "X-Hub-Signature-256", "X-Viber-Content-Signature"})
    if (const auto found = request.find(name); found != request.end())
      return std::string{view(found->value())};
  return {};
}

void set_file(http::response<Body>& response, const PageFile& file) {
  for (const auto& [name, value] : page_headers(file)) response.set(view(name), view(value));
  response.set(http::field::content_type, view(file.type));
  response.set(http::field::etag, view(file.tag));
  response.set(http::field::vary,
               file.language.empty() ? "Accept-Encoding" : "Accept-Encoding, Accept-Language");
}

}  // namespace

struct Connection::Reading {
  boost::beast::flat_buffer buffer;
  std::optional<http::request_parser<Body>> parser;
};

struct Connection::Writing {
  http::response<Body> response;
};

Answer answer_of(const Refusal& refusal) {
  std::string text{refusal.reason};
  text += '\n';
  Answer answer{refusal.status, {text.begin(), text.end()}, true, refusal.retry_after_seconds};
  answer.allow = refusal.allow;
  answer.date = refusal.date;
  return answer;
}

Refusal health(bool is_well) noexcept {
  return is_well ? Refusal{200, "ok"} : Refusal{503, "the store cannot be written"};
}

Connection::Connection(Socket socket, const Tls* tls, Owner& owner)
    : stream_(std::move(socket), tls), owner_(owner) {}

Connection::~Connection() = default;

void Connection::start() {
  watch();
  deadline_ = owner_.seconds() + owner_.patience().head_seconds;
}

// An idle connection has no buffer, only this wait.
void Connection::watch() {
  phase_ = Phase::idle;
  since_ = owner_.seconds();
  deadline_ = since_ + owner_.patience().idle_seconds;
  watch_socket();
}

void Connection::watch_socket() {
  if (stream_.has_more())
    return asio::post(stream_.get_executor(), [self = shared_from_this()] { self->on_readable(); });
  if (watching_) return;
  watching_ = true;
  stream_.socket().async_wait(asio::socket_base::wait_read,
                              [self = shared_from_this()](const error_code& error) {
                                self->watching_ = false;
                                if (error)
                                  self->close();
                                else
                                  self->on_readable();
                              });
}

void Connection::on_readable() {
  if (phase_ == Phase::idle) return read_head();
  if (phase_ != Phase::waiting) return;
  // A client that went away while it waited has left an end of file. One that sends its next
  // request early is read after this request is answered.
  switch (stream_.look()) {
    case Stream::Far::gone:
      return close();
    case Stream::Far::silent:  // it was a record of TLS itself
      return watch_socket();
    case Stream::Far::speaking:
      return;
  }
}

void Connection::read_head() {
  phase_ = Phase::reading;
  timed_out_ = false;
  is_head_ = false;
  since_ = owner_.seconds();
  deadline_ = since_ + owner_.patience().head_seconds;
  if (!reading_) reading_ = std::make_unique<Reading>();
  reading_->parser.emplace();
  reading_->parser->header_limit(limits::kMostHeadBytes);
  reading_->parser->body_limit(wire::kMostBodyBytes);
  http::async_read_header(
      stream_, reading_->buffer, *reading_->parser,
      [self = shared_from_this()](error_code error, std::size_t) {
        if (self->phase_ != Phase::reading) return;
        if (self->timed_out_) return self->on_time_out();
        if (error == http::error::header_limit) return self->refuse(431, "the head is too large");
        if (error == http::error::body_limit) return self->refuse(413, "the body is too large");
        if (error == http::error::end_of_stream) return self->close();
        if (error && error.category() == http::make_error_code(http::error::bad_method).category())
          return self->refuse(400, "not HTTP");
        if (error) return self->close();
        self->on_head();
      });
}

void Connection::on_head() {
  auto& parser = *reading_->parser;
  keep_alive_ = parser.keep_alive();
  is_head_ = parser.get().method() == http::verb::head;
  const auto length = parser.content_length();
  if (const auto fault = fault_of(parser.get())) return refuse(fault->status, fault->reason);
  if (parser.chunked() || (parser.get().method() == http::verb::post && !length))
    return refuse(411, "a body needs its length");
  const auto size = static_cast<std::uint32_t>(length.value_or(0));  // body_limit limits it
  if (size == 0) return on_body();
  if (size > wire::kMostBodyBytes) return refuse(413, "the body is too large");
  if (!owner_.claim(size)) return refuse(503, "too many bodies at once", 1);
  claimed_ = size;
  deadline_ = owner_.seconds() + owner_.patience().head_seconds +
              size / owner_.patience().body_bytes_per_second;
  http::async_read(stream_, reading_->buffer, parser,
                   [self = shared_from_this()](error_code error, std::size_t) {
                     if (self->phase_ != Phase::reading) return;
                     if (self->timed_out_) return self->on_time_out();
                     if (error) return self->close();
                     self->on_body();
                   });
}

void Connection::on_body() {
  phase_ = Phase::working;
  auto message = reading_->parser->release();
  reading_->parser.reset();
  if (reading_->buffer.size() == 0) reading_.reset();
  Request request{
      std::string{view(message.method_string())},
      std::string{view(message.target())},
      base::to_lower(view(message[http::field::host])),
      std::string{view(message[{wire::kProofHeader.data(), wire::kProofHeader.size()}])},
      std::string{
          view(message[{wire::kCertificateHeader.data(), wire::kCertificateHeader.size()}])},
      std::string{view(message[http::field::if_none_match])},
      std::string{view(message[http::field::accept_language])},
      accepts(view(message[http::field::accept_encoding]), "gzip"),
      std::string{view(message[http::field::content_type])},
      std::string{view(message[http::field::authorization])},
      signature_of(message),
      std::move(message.body())};
  owner_.on_request(shared_from_this(), std::move(request));
}

void Connection::on_time_out() {
  if (!stream_.can_speak()) return close();  // no answer can be sent before the handshake
  refuse(408, "the request took too long");
}

void Connection::release_claim() {
  if (claimed_ != 0) owner_.release(claimed_);
  claimed_ = 0;
}

void Connection::answer(Answer answer) {
  if (phase_ != Phase::working && phase_ != Phase::waiting) return;
  release_claim();
  owner_.on_answer(answer.status);
  refusals_ = answer.status >= 400 ? static_cast<std::uint8_t>(refusals_ + 1) : std::uint8_t{0};
  keep_alive_ = keep_alive_ && !owner_.is_last_request() && refusals_ < limits::kMostRefusals;
  write(std::move(answer), keep_alive_ ? After::next_request : After::closing);
}

void Connection::refuse(int status, std::string_view reason, int retry_after_seconds) {
  owner_.on_answer(status);
  release_claim();
  reading_.reset();
  keep_alive_ = false;
  write(answer_of({status, reason, retry_after_seconds}), After::closing);
}

void Connection::wait_until(double deadline) {
  release_claim();
  watch();
  phase_ = Phase::waiting;
  deadline_ = deadline;
}

void Connection::write(Answer answer, After after) {
  phase_ = Phase::writing;
  after_ = after;
  since_ = owner_.seconds();
  deadline_ = since_ + owner_.patience().write_seconds;
  writing_ = std::make_unique<Writing>();
  auto& response = writing_->response;
  response.result(static_cast<unsigned>(answer.status));
  response.version(11);
  response.keep_alive(keep_alive_);
  response.set(http::field::cache_control, "no-store");
  if (answer.file != nullptr) set_file(response, *answer.file);
  if (answer.is_packed) response.set(http::field::content_encoding, "gzip");
  if (answer.retry_after_seconds > 0)
    response.set(http::field::retry_after, std::to_string(answer.retry_after_seconds));
  if (!answer.body.empty() && answer.file == nullptr)
    response.set(http::field::content_type, !answer.type.empty() ? view(answer.type)
                                            : answer.is_text     ? "text/plain; charset=utf-8"
                                                                 : "application/octet-stream");
  if (!answer.allow.empty()) response.set(http::field::allow, view(answer.allow));
  if (answer.date) response.set(http::field::date, base::to_http_date(*answer.date));
  // HTTP has no body here: a client would take one for the beginning of the next answer.
  if (answer.status == 204 || answer.status == 304) {
    answer.body.clear();
  } else {
    response.content_length(answer.body.size());
    if (is_head_) answer.body.clear();
  }
  response.body() = std::move(answer.body);
  http::async_write(stream_, response,
                    [self = shared_from_this()](const error_code& error, std::size_t) {
                      if (self->phase_ != Phase::writing) return;
                      if (error)
                        self->close();
                      else
                        self->on_written();
                    });
}

void Connection::on_written() {
  writing_.reset();
  if (after_ == After::closing) return linger();
  if (reading_) return read_head();               // the next request has already begun to arrive
  if (owner_.is_last_request()) return linger();  // since the answer was begun
  watch();
}

// Waits for the client to finish sending. Closing at once would reset the connection, and the
// client would lose the answer that it has not read yet.
void Connection::linger() {
  if (phase_ != Phase::lingering) {
    phase_ = Phase::lingering;
    deadline_ = owner_.seconds() + owner_.patience().linger_seconds;
    stream_.say_no_more();
  }
  auto scrap = std::make_shared<std::array<std::uint8_t, 4'096>>();
  stream_.socket().async_read_some(
      asio::buffer(*scrap),
      [self = shared_from_this(), scrap](const error_code& error, std::size_t size) {
        if (self->phase_ != Phase::lingering) return;
        self->lingered_ += static_cast<std::uint32_t>(size);
        if (error || self->lingered_ > limits::kMostLingerBytes)
          self->close();
        else
          self->linger();
      });
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  release_claim();
  error_code ignored;
  stream_.socket().close(ignored);
  owner_.on_close(*this);
}

void Connection::end_late(double now) {
  switch (phase_) {
    case Phase::waiting:
      owner_.on_patience_end(*this);
      break;
    case Phase::reading: {
      // The read under way ends with an error first; after that the refusal can be written.
      timed_out_ = true;
      deadline_ = now + owner_.patience().write_seconds;
      error_code ignored;
      stream_.socket().cancel(ignored);
      break;
    }
    case Phase::idle:
    case Phase::writing:
    case Phase::lingering:
      close();
      break;
    case Phase::working:
    case Phase::closed:
      break;
  }
}

}  // namespace tocsin::relay
