// Streams over loopback, plain and with TLS. What the tests ask of both, they ask in the same
// words.
#include "relay/stream.h"

#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <thread>

#include "base/random.h"
#include "unit/home/temporary_folder.h"
#include "unit/relay/bare_tls.h"
#include "unit/relay/people.h"

namespace tocsin::relay {
namespace {

namespace asio = boost::asio;

class StreamTest : public testing::Test {
 protected:
  StreamTest() { make_certificate(files_); }
  // The relay's end of the next client's connection.
  std::unique_ptr<Stream> accept(const Tls* tls) {
    Socket socket{io_};
    acceptor_.accept(socket);
    return std::make_unique<Stream>(std::move(socket), tls);
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  // Reads once, into so many bytes.
  std::string read(Stream& stream, std::size_t most) {
    std::string into(most, '\0');
    std::size_t size = 0;
    stream.async_read_some(asio::buffer(into), [&](const auto& error, std::size_t got) {
      error_ = error;
      size = got;
    });
    run();
    into.resize(size);
    return into;
  }
  void write(Stream& stream, const std::string& text) {
    asio::async_write(stream, asio::buffer(text),
                      [&](const auto& error, std::size_t) { error_ = error; });
    run();
  }
  void run() {
    io_.restart();
    io_.run_for(std::chrono::seconds{5});
  }
  // Looks until it is no longer silent; at most 5 s.
  static Stream::Far look(Stream& stream) {
    const base::Stopwatch watch;
    while (stream.look() == Stream::Far::silent && watch.seconds() < 5) std::this_thread::yield();
    return stream.look();
  }

  asio::io_context io_;
  asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type> acceptor_{
      io_, {asio::ip::address_v4::loopback(), 0}};
  home::TemporaryFolder folder_;
  const TlsFiles files_{folder_.path() / "relay.crt", folder_.path() / "relay.key"};
  boost::system::error_code error_;
};

TEST_F(StreamTest, LooksWithoutReading) {
  PlainSocket client{port()};
  const auto stream = accept(nullptr);
  EXPECT_TRUE(stream->can_speak());
  EXPECT_EQ(stream->look(), Stream::Far::silent);
  client.say("hello");
  EXPECT_EQ(look(*stream), Stream::Far::speaking);
  EXPECT_EQ(stream->look(), Stream::Far::speaking) << "it is still there";
  EXPECT_EQ(read(*stream, 100), "hello");
  EXPECT_EQ(stream->look(), Stream::Far::silent);
  client.say_no_more();
  EXPECT_EQ(look(*stream), Stream::Far::gone);
}

TEST_F(StreamTest, EndsWhatItSaysAndStillHears) {
  PlainSocket client{port()};
  const auto stream = accept(nullptr);
  write(*stream, "bye");
  stream->say_no_more();
  EXPECT_EQ(client.hear(), "bye");
  client.say("wait");
  EXPECT_EQ(read(*stream, 100), "wait");
}

TEST_F(StreamTest, HoldsWhatCameInOneRecordAndWasNotReadYet) {
  const Tls tls{files_};
  std::thread client([&] {
    BareClient bare{port(), TLS1_3_VERSION};
    bare.say("0123456789");
    EXPECT_EQ(bare.hear("done"), "done");
  });
  const auto stream = accept(&tls);
  EXPECT_FALSE(stream->can_speak()) << "before the handshake";
  EXPECT_EQ(read(*stream, 4), "0123");
  EXPECT_TRUE(stream->can_speak());
  EXPECT_TRUE(stream->has_more()) << "the socket would not say so";
  EXPECT_EQ(stream->look(), Stream::Far::speaking);
  EXPECT_EQ(read(*stream, 4), "4567");
  EXPECT_EQ(read(*stream, 4), "89");
  EXPECT_FALSE(stream->has_more());
  write(*stream, "done");
  stream->say_no_more();
  client.join();
  EXPECT_EQ(look(*stream), Stream::Far::gone);
}

TEST_F(StreamTest, NeverSpeaksPlainlyWhereTlsWasAskedFor) {
  const Tls tls{files_};
  PlainSocket client{port()};
  const auto stream = accept(&tls);
  client.say("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(read(*stream, 100), "");
  EXPECT_TRUE(error_);
}

// Far more than a record or the buffers between the two hold.
TEST_F(StreamTest, CarriesAnyAmountBothWays) {
  const Tls tls{files_};
  base::SeededRandom random{3};
  std::string text(3'000'000, '\0');
  for (char& c : text) c = static_cast<char>('a' + random.below(26));
  std::string heard;
  std::thread client([&] {
    BareClient bare{port(), TLS1_2_VERSION};
    bare.say(text.substr(0, 50'000));
    heard = bare.hear("!");
  });
  const auto stream = accept(&tls);
  std::string read_in;
  while (read_in.size() < 50'000) {
    const std::string some = read(*stream, 1 + random.below(20'000));
    if (some.empty()) break;
    read_in += some;
  }
  EXPECT_EQ(read_in, text.substr(0, 50'000));
  write(*stream, text + "!");
  client.join();
  EXPECT_EQ(heard, text + "!");
}

}  // namespace
}  // namespace tocsin::relay
