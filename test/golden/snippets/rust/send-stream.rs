use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};
use snippet::poolrpc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{ClientTlsConfig, Endpoint};
use tonic::{Request, Status};

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
    let channel = Endpoint::from_static("https://localhost:12011")
        .tls_config_with_verifier(ClientTlsConfig::new(), Arc::new(trust))?
        .connect()
        .await?;
    let mut client = poolrpc::hash_mail_client::HashMailClient::new(channel);

    let messages = vec![
        poolrpc::CipherBox {
            desc: Some(poolrpc::CipherBoxDesc {
                stream_id: hex::decode("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c")?.into(),
            }),
            msg: hex::decode("00ff")?.into(),
        },
        poolrpc::CipherBox {
            desc: Some(poolrpc::CipherBoxDesc {
                stream_id: hex::decode("fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c")?.into(),
            }),
            ..Default::default()
        },
        poolrpc::CipherBox::default(),
    ];
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        for message in messages {
            if sender.send(message).await.is_err() {
                return; // The call has ended.
            }
        }
        // With the sender goes the sending (half-close). Keep it to keep the conversation going.
    });
    let request = Request::new(ReceiverStream::new(receiver));

    let reply = client.send_stream(request).await?.into_inner();
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
