pool --network regtest --basedir ~/.pool \
  orders cancel \
  --order_nonce fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c
