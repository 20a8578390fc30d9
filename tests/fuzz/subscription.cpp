// How a device says that it can be woken. The first byte says which bytes follow: a subscription,
// its endpoint, or the book of subscriptions in the home.
#include "channel/subscription.h"

#include <algorithm>

#include "base/fault.h"
#include "channel/subscription_book.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  const std::string own = "http://127.0.0.1:8090";
  switch (bytes[0] % 3) {
    case 0:
      if (const auto subscription = channel::decode_subscription_payload(rest, own)) {
        const base::Bytes again = channel::subscription_payload(*subscription);
        TOCSIN_ASSERT(std::equal(again.begin(), again.end(), rest.begin(), rest.end()));
      }
      break;
    case 1:
      if (const auto service = channel::push_service(base::text_of(rest), own)) {
        const std::string& url = service->url;
        TOCSIN_ASSERT(url == own || url.starts_with("https://"));
        TOCSIN_ASSERT(url.find_first_of("@[]\"\\ %") == std::string::npos);
        TOCSIN_ASSERT(channel::push_service(url + "/", own)->url == url);
      }
      break;
    default:
      if (const auto book = channel::decode_subscription_book(rest)) {
        const base::Bytes again = channel::encode(*book);
        TOCSIN_ASSERT(channel::decode_subscription_book(again) == book);
      }
  }
  return 0;
}
