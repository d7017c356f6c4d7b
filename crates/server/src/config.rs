//! What the program runs with: the documented default, a file, the environment, the command line,
//! each over the one before. The only place that reads the environment.

use std::{collections::BTreeMap, fs, net::SocketAddr, path::PathBuf};

use app::{Clock, Gateway, Provider, ProviderSettings, account::Rules, notice::Ways};
use model::secret::Cipher;
use serde::Deserialize;
use store::Db;
use text::Lang;
use toml::{Table, Value};

/// The default that is documented is the default that is loaded.
pub(crate) const DEFAULT: &str = include_str!("default.toml");

/// What can be said on every command line.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Flags {
    /// Folder for database, index and key [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// Address and port to serve on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDR")]
    listen: Option<String>,
    /// postgres://… or sqlite:PATH [default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// File with further settings; `jinqiao config --default` prints one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    database: String,
    key: String,
    keys: String,
    cipher: Cipher,
    pub site: String,
    #[serde(deserialize_with = "web::pace::addresses")]
    pub proxies: Vec<std::net::IpAddr>,
    utc_offset_hours: i32,
    pub log: String,
    pub log_format: LogFormat,
    pub stop_seconds: u64,
    password_memory_kib: u32,
    password_passes: u32,
    passwords_at_once: usize,
    password_score: u8,
    staff_idle_minutes: i64,
    staff_hours: i64,
    idle_minutes: i64,
    hours: i64,
    second_factor: bool,
    sms_url: String,
    sms_token: String,
    mail_url: String,
    mail_token: String,
    codes_an_hour: i64,
    provider_issuer: String,
    provider_client: String,
    provider_secret_file: String,
    provider_name: String,
    provider_two_factors: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

#[derive(thiserror::Error, Debug)]
pub(crate) enum Error {
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0}: {1}")]
    Syntax(String, toml::de::Error),
    #[error("{origin}: there is no setting {key:?}; there are {known}")]
    Unknown { origin: String, key: String, known: String },
    #[error("{origin}: {key}: {reason}")]
    Value { origin: String, key: String, reason: String },
    #[error("provider_issuer: {0}")]
    Provider(app::GatewayError),
    #[error("provider_issuer: a provider sends people back to `site`, which is not set")]
    Nowhere,
}

/// Every setting with its value and where that comes from.
#[derive(Debug)]
pub(crate) struct Layers(BTreeMap<String, (Value, String)>);

impl Layers {
    pub(crate) fn read(flags: &Flags) -> Result<Self, Error> {
        let file = flags.config.clone().or_else(|| variable("CONFIG").map(PathBuf::from));
        Self::of(flags, file, variable)
    }

    /// `variable` answers what the environment says for a key in capitals.
    fn of(
        flags: &Flags,
        file: Option<PathBuf>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut layers = Self(BTreeMap::new());
        for (key, value) in parse("default", DEFAULT)? {
            layers.0.insert(key, (value, "default".into()));
        }
        if let Some(path) = file {
            let text = fs::read_to_string(&path).map_err(|e| Error::File(path.clone(), e))?;
            let origin = path.display().to_string();
            for (key, value) in parse(&origin, &text)? {
                layers.set(&key, value, &origin)?;
            }
        }
        let keys: Vec<String> = layers.0.keys().cloned().collect();
        for key in keys {
            let name = key.to_uppercase();
            if let Some(text) = variable(&name) {
                layers.set_text(&key, text, &format!("JINQIAO_{name}"))?;
            }
        }
        let said =
            [("data", &flags.data), ("listen", &flags.listen), ("database", &flags.database)];
        for (key, text) in said {
            if let Some(text) = text {
                layers.set_text(key, text.clone(), &format!("--{key}"))?;
            }
        }
        Ok(layers)
    }

    fn set(&mut self, key: &str, value: Value, origin: &str) -> Result<(), Error> {
        let known = self.0.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let Some(slot) = self.0.get_mut(key) else {
            return Err(Error::Unknown { origin: origin.into(), key: key.into(), known });
        };
        *slot = (value, origin.into());
        Ok(())
    }

    /// A text from outside becomes what the default is: a number stays a number.
    fn set_text(&mut self, key: &str, text: String, origin: &str) -> Result<(), Error> {
        let known = self.0.get(key).map(|(value, _)| value);
        let value = match known {
            Some(Value::Integer(_)) => text.parse().ok().map(Value::Integer),
            Some(Value::Boolean(_)) => text.parse().ok().map(Value::Boolean),
            Some(_) | None => None,
        };
        self.set(key, value.unwrap_or(Value::String(text)), origin)
    }

    /// The values in their types. A wrong one is named with the place it was said at.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        let whole: Table = self.0.iter().map(|(k, (v, _))| (k.clone(), v.clone())).collect();
        whole.try_into().map_err(|error: toml::de::Error| {
            let wrong = self.0.iter().find(|(key, _)| self.alone(key).is_err());
            let (key, origin) = wrong.map_or(("", ""), |(key, (_, origin))| (key, origin));
            let reason = error.message().to_owned();
            Error::Value { origin: origin.into(), key: key.into(), reason }
        })
    }

    /// Would the defaults with only this key said otherwise be whole?
    fn alone(&self, key: &str) -> Result<Config, toml::de::Error> {
        let mut table: Table = DEFAULT.parse()?;
        if let Some((value, _)) = self.0.get(key) {
            table.insert(key.into(), value.clone());
        }
        table.try_into()
    }

    /// One line a setting: value and origin, the password of the database hidden.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(key, (value, origin))| {
            let text = value.as_str().unwrap_or_default();
            let shown = match key.as_str() {
                "database" | "keys" => Value::String(masked(text)),
                "sms_token" | "mail_token" if !text.is_empty() => Value::String("***".into()),
                _ => value.clone(),
            };
            format!("{key} = {shown}  # {origin}")
        })
    }
}

impl Config {
    /// Where the database is; the one in the data folder when nothing else was said.
    pub(crate) fn database(&self) -> String {
        if self.database.is_empty() { Db::url_in(&self.data) } else { self.database.clone() }
    }

    /// Where the key is.
    pub(crate) fn key(&self) -> PathBuf {
        if self.key.is_empty() { self.data.join("secret.key") } else { self.key.clone().into() }
    }

    fn account(&self) -> Rules {
        Rules {
            password_memory_kib: self.password_memory_kib,
            password_passes: self.password_passes,
            passwords_at_once: self.passwords_at_once,
            password_score: self.password_score,
            staff_idle_minutes: self.staff_idle_minutes,
            idle_minutes: self.idle_minutes,
            staff_hours: self.staff_hours,
            hours: self.hours,
            second_factor: self.second_factor,
            codes_an_hour: self.codes_an_hour,
            messages: !self.sms_url.is_empty(),
            mails: !self.mail_url.is_empty(),
        }
    }

    /// The ways for messages, as far as there are any.
    pub(crate) fn ways(&self) -> Result<Ways, app::GatewayError> {
        let way = |url: &str, token: &str| match url {
            "" => Ok(None),
            url => Gateway::new(url, token).map(Some),
        };
        let sms = way(&self.sms_url, &self.sms_token)?;
        Ok(Ways { sms, mail: way(&self.mail_url, &self.mail_token)? })
    }

    /// The bureau's own provider of sign-ins, if it has one. Its secret is read from a file, so that no
    /// list of settings shows it.
    pub(crate) fn provider(&self) -> Result<Option<Provider>, Error> {
        if self.provider_issuer.is_empty() {
            return Ok(None);
        }
        if self.site.is_empty() {
            return Err(Error::Nowhere);
        }
        let secret = match self.provider_secret_file.as_str() {
            "" => String::new(),
            path => fs::read_to_string(path).map_err(|e| Error::File(path.into(), e))?,
        };
        let settings = ProviderSettings {
            issuer: self.provider_issuer.clone(),
            client: self.provider_client.clone(),
            secret: secret.trim().to_owned(),
            name: self.provider_name.clone(),
            two_factors: self.provider_two_factors.clone(),
        };
        Provider::new(settings).map(Some).map_err(Error::Provider)
    }

    /// What the app must be told of all this; the provider only matters to who serves.
    pub(crate) fn app(&self) -> app::Settings {
        app::Settings {
            data: self.data.clone(),
            database: Some(self.database()),
            key: Some(self.key()),
            keys: Some(self.keys.clone()).filter(|url| !url.is_empty()),
            cipher: self.cipher,
            utc_offset_hours: self.utc_offset_hours,
            clock: Clock::Machine,
            reader: None,
            account: self.account(),
            provider: None,
        }
    }
}

fn parse(origin: &str, text: &str) -> Result<Table, Error> {
    text.parse().map_err(|error| Error::Syntax(origin.into(), error))
}

fn variable(name: &str) -> Option<String> {
    environment(&format!("JINQIAO_{name}"))
}

/// The language of whoever sits at the terminal.
pub(crate) fn lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(environment);
    if set.is_some_and(|tag| tag.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// `postgres://user:secret@host/name` without the secret.
fn masked(url: &str) -> String {
    let shown = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, place) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:***@{place}"))
    };
    shown().unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn layers(file: Option<&str>, env: &[(&str, &str)], flags: &Flags) -> Result<Layers, Error> {
        let kept = file.map(|text| {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file
        });
        let path = kept.as_ref().map(|file| file.path().to_owned());
        let variable = |name: &str| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        Layers::of(flags, path, variable)
    }

    #[test]
    fn the_documented_default_is_whole() {
        let config = layers(None, &[], &Flags::default()).unwrap().config().unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database(), "sqlite:./data/jinqiao.sqlite");
        let undocumented = DEFAULT.lines().collect::<Vec<_>>().windows(2).any(|pair| {
            pair.first().is_some_and(|line| line.is_empty())
                && pair.last().is_some_and(|line| line.contains(" = "))
        });
        assert!(!undocumented, "each setting has its comment above it");
    }

    #[test]
    fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
        let file = Some("listen = \"127.0.0.1:1\"\ndata = \"/file\"\nstop_seconds = 3\n");
        let env = [("LISTEN", "127.0.0.1:2"), ("DATA", "/env"), ("STOP_SECONDS", "4")];
        let flags = Flags { listen: Some("127.0.0.1:3".into()), ..Flags::default() };
        let layers = layers(file, &env, &flags).unwrap();
        let config = layers.config().unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.data, PathBuf::from("/env"));
        assert_eq!(config.stop_seconds, 4);
        let lines: Vec<String> = layers.lines().collect();
        assert!(lines.contains(&"data = \"/env\"  # JINQIAO_DATA".into()), "{lines:?}");
        assert!(lines.contains(&"listen = \"127.0.0.1:3\"  # --listen".into()), "{lines:?}");
    }

    #[test]
    fn a_setting_that_does_not_exist_is_named_with_those_that_do() {
        let error = layers(Some("lissten = \"x\""), &[], &Flags::default()).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("lissten") && text.contains("log_format"), "{text}");
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place() {
        let wrong = layers(None, &[("LISTEN", "everywhere")], &Flags::default()).unwrap();
        let text = wrong.config().unwrap_err().to_string();
        assert!(text.starts_with("JINQIAO_LISTEN: listen: "), "{text}");
        let wrong = layers(None, &[("STOP_SECONDS", "soon")], &Flags::default()).unwrap();
        let text = wrong.config().unwrap_err().to_string();
        assert!(text.starts_with("JINQIAO_STOP_SECONDS: stop_seconds: "), "{text}");
    }

    #[test]
    fn a_provider_of_sign_ins_is_whole_or_named_as_wrong() {
        let mut secret = tempfile::NamedTempFile::new().unwrap();
        secret.write_all(b"hush\n").unwrap();
        let path = secret.path().to_str().unwrap();
        let env = [("PROVIDER_ISSUER", "https://sso.example"), ("PROVIDER_SECRET_FILE", path)];
        let config = |more: &[(&str, &str)]| {
            layers(None, &[&env, more].concat(), &Flags::default()).unwrap().config().unwrap()
        };
        assert!(matches!(config(&[]).provider(), Err(Error::Nowhere)));
        let site = ("SITE", "https://jobs.example");
        assert_eq!(config(&[site]).provider().unwrap().unwrap().issuer(), "https://sso.example");
        let nowhere = [site, ("PROVIDER_SECRET_FILE", "/nowhere/secret")];
        let nowhere = layers(None, &[&nowhere, &env[..1]].concat(), &Flags::default()).unwrap();
        assert!(matches!(nowhere.config().unwrap().provider(), Err(Error::File(..))));
        let plain = [("PROVIDER_ISSUER", "http://sso.example"), site];
        let plain = layers(None, &plain, &Flags::default()).unwrap().config().unwrap();
        assert!(matches!(plain.provider(), Err(Error::Provider(_))));
    }

    #[test]
    fn the_password_of_the_database_is_not_shown() {
        let env = [("DATABASE", "postgres://jinqiao:s3:cr@et@db/jinqiao")];
        let layers = layers(None, &env, &Flags::default()).unwrap();
        let shown: String = layers.lines().collect();
        assert!(shown.contains("postgres://jinqiao:***@db/jinqiao"), "{shown}");
        assert!(!shown.contains("cr@et"));
        assert!(layers.config().unwrap().database().contains("s3:cr@et"));
    }
}
