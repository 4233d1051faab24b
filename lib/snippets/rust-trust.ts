/** The part of a program that checks a daemon's certificate. */
export const RUST_TRUST = `/// Trusts the certificate in a file, and what it has signed. A daemon's own certificate is an authority, which rustls
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
}`;
