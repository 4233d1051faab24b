use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};
use snippet::poolrpc;
use tonic::transport::{ClientTlsConfig, Endpoint};
use tonic::{Request, Status};

const DEADLINE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = run().await else {
        return ExitCode::SUCCESS;
    };
    match error.downcast_ref::<Status>() {
        Some(status) => eprintln!("{:?}: {}", status.code(), status.message()),
        None => eprintln!("{error:?}"),
    }
    ExitCode::FAILURE
}

async fn run() -> Result<(), Box<dyn Error>> {
    let home = std::env::home_dir().ok_or("there is no home folder")?;
    let trust = Trust::from_file(home.join(".pool/regtest/tls.cert"))?;
    let channel = Endpoint::from_static("https://localhost:12010")
        .connect_timeout(DEADLINE)
        .tls_config_with_verifier(ClientTlsConfig::new(), Arc::new(trust))?
        .connect()
        .await?;
    let mut client = poolrpc::trader_client::TraderClient::new(channel);

    let message = poolrpc::SubmitOrderRequest {
        details: Some(poolrpc::submit_order_request::Details::Bid(poolrpc::Bid {
            details: Some(poolrpc::Order {
                trader_key: hex::decode("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c")?.into(),
                rate_fixed: 4960,
                amt: 18446744073709551615,
                max_batch_fee_rate_sat_per_kw: 12500,
                min_units_match: 1,
                channel_type: poolrpc::OrderChannelType::PeerDependent.into(),
                allowed_node_ids: vec![hex::decode("0001")?.into(), hex::decode("fbff")?.into()],
                ..Default::default()
            }),
            lease_duration_blocks: 2016,
            version: 7,
            ..Default::default()
        })),
        initiator: "| |plain|it's|\"double\" and 'single'|'''\"\"\"|back\\slash \\n \\u0041 \\|line\nbreak\r\nand\ttab|$(touch /tmp/never) `id` ${HOME} $HOME !! !event|a; b & c | d > e < f # g * ? [h] {i,j} ~ ~/k|%s %d %% \\x41 \\101 \\0|-e --data @file|Grüße, 日本語, 🜚 👩\u{200d}👩|\u{2028}\u{2029}\u{85}\u{a0}\u{feff}\u{200b}\u{202e}|\u{1}\u{1b}[31m\u{7f}|EOF\nEND\n'EOF'|#{ruby} #\"# r#\"raw\"# {rust} {{}} `js ${1}`|</script><!-- ]]>|\u{0}|a\u{0}b|1\u{0}2".to_string(),
    };
    let mut request = Request::new(message);
    request.set_timeout(DEADLINE);
    let macaroon = hex::encode(std::fs::read(home.join(".pool/regtest/pool.macaroon"))?);
    request.metadata_mut().insert("macaroon", macaroon.parse()?);

    let reply = client.submit_order(request).await?.into_inner();
    println!("{reply:#?}");
    Ok(())
}

/// Trusts the certificate in a file, and what it has signed. A daemon's own certificate is an authority, which rustls
/// by itself takes for no server's.
#[derive(Debug)]
struct Trust {
    own: CertificateDer<'static>,
    authority: Arc<WebPkiServerVerifier>,
}

impl Trust {
    fn from_file(path: impl AsRef<Path>) -> Result<Self, Box<dyn Error>> {
        let own = CertificateDer::from_pem_file(path)?;
        let mut roots = RootCertStore::empty();
        roots.add(own.clone())?;
        let authority = WebPkiServerVerifier::builder(Arc::new(roots)).build()?;
        Ok(Self { own, authority })
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer,
        between: &[CertificateDer],
        name: &ServerName,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if *shown != self.own {
            return self
                .authority
                .verify_server_cert(shown, between, name, ocsp, now);
        }
        verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.authority
            .verify_tls12_signature(message, shown, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.authority
            .verify_tls13_signature(message, shown, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.authority.supported_verify_schemes()
    }
}
