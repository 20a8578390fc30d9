#include "channel/sms.h"

#include "channel/notify.h"
#include "channel/twilio_text.h"

namespace tocsin::channel {

base::Rate SmsChannel::limit(const contact::Settings& settings) {
  if (twilio_setting(settings, "provider") == "twilio") return TwilioTextChannel::limit(settings);
  return kNotifyRate;
}

std::unique_ptr<Channel> SmsChannel::make(const contact::Settings& settings, const Parts& parts) {
  if (twilio_setting(settings, "provider") == "twilio")
    return TwilioTextChannel::make(settings, parts);
  return NotifyChannel::make(settings, parts);
}

}  // namespace tocsin::channel
