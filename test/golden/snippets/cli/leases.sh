pool --network regtest --basedir ~/.pool \
  auction leases \
  --batch_ids fbfbff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c \
  --batch_ids 0001
