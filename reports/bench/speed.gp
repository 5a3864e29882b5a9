# Run: gnuplot -d speed.gp
set terminal svg size 860,767 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'speed.svg'
unset key
set lmargin at screen 0.23953
set rmargin at screen 0.90698
set tmargin at screen 0.88005
set bmargin at screen 0.06780
set border 0
set style fill solid 1 noborder
set tics scale 0 font ',11' textcolor rgb '#333333'
set logscale x 2; set xrange [0.9709:8.9122]; set yrange [16.4:0]
set xtics ('1×' 1, '2×' 2, '4×' 4, '8×' 8)
set ytics ('mlp-2x64' 0.6, 'mlp-3x128' 1.6, 'mlp-3x512' 2.6, 'mlp-3x128-wgan-gp' 3.6, 'mlp-3x512-wgan-gp' 4.6, 'mlp-2x64-unrolled' 5.6, 'dcgan-32x32x1-32-critic' 7, 'dcgan-32x32x1-32-generator' 8, 'dcgan-32x32x1-32-critic-gp' 9, 'dcgan-32x32x3-64-critic' 10.4, 'dcgan-32x32x3-64-generator' 11.4, 'dcgan-32x32x3-64-critic-gp' 12.4, 'dcgan-32x32x3-64-wgan-gp' 13.4, 'dcgan-32x32x3-64-spectral' 14.4, 'resnet-32x32x3-32' 15.8)
set grid xtics lt 1 lw 1 lc rgb '#e4e4e4'
set xlabel 'times as long as Saddle (logarithmic; right of the line Saddle is faster)' font ',11' textcolor rgb '#333333' offset 0,0.4
set arrow from 1, graph 0 to 1, graph 1 nohead front lw 2 lc rgb '#444444'
set label 'Time per iteration on one core: PyTorch and JAX as a multiple of Saddle' at screen 0.01395, screen 0.97392 left font ',14'
set object 1 rectangle from screen 0.01395, screen 0.93090 to screen 0.03953, screen 0.94524 fillcolor rgb '#0072B2' fillstyle solid 1 noborder
set label 'PyTorch' at screen 0.04884, screen 0.93742 left
set object 2 rectangle from screen 0.12326, screen 0.93090 to screen 0.14884, screen 0.94524 fillcolor rgb '#56B4E9' fillstyle solid 1 noborder
set label 'JAX' at screen 0.15814, screen 0.93742 left
set arrow from screen 0.20233, screen 0.92699 to screen 0.20233, screen 0.94915 nohead lw 2 lc rgb '#444444'
set label 'Saddle' at screen 0.21395, screen 0.93742 left
set arrow from screen 0.29302, screen 0.92699 to screen 0.29302, screen 0.94915 nohead lw 3 lc rgb '#D55E00'
set label 'target for the faster of the two' at screen 0.30465, screen 0.93742 left
set label 'Saddle, ms' at screen 0.98605, screen 0.89309 right font ',11' textcolor rgb '#777777'
set label '0.303' at screen 0.98605, first 0.6 right font ',11' textcolor rgb '#777777'
set label '2.04' at screen 0.98605, first 1.6 right font ',11' textcolor rgb '#777777'
set label '33.1' at screen 0.98605, first 2.6 right font ',11' textcolor rgb '#777777'
set label '9.97' at screen 0.98605, first 3.6 right font ',11' textcolor rgb '#777777'
set label '163' at screen 0.98605, first 4.6 right font ',11' textcolor rgb '#777777'
set label '2.49' at screen 0.98605, first 5.6 right font ',11' textcolor rgb '#777777'
set label '37.0' at screen 0.98605, first 7 right font ',11' textcolor rgb '#777777'
set label '26.3' at screen 0.98605, first 8 right font ',11' textcolor rgb '#777777'
set label '56.9' at screen 0.98605, first 9 right font ',11' textcolor rgb '#777777'
set label '137' at screen 0.98605, first 10.4 right font ',11' textcolor rgb '#777777'
set label '101' at screen 0.98605, first 11.4 right font ',11' textcolor rgb '#777777'
set label '214' at screen 0.98605, first 12.4 right font ',11' textcolor rgb '#777777'
set label '1201' at screen 0.98605, first 13.4 right font ',11' textcolor rgb '#777777'
set label '238' at screen 0.98605, first 14.4 right font ',11' textcolor rgb '#777777'
set label '371' at screen 0.98605, first 15.8 right font ',11' textcolor rgb '#777777'
$torch << EOD
# y ratio lowest highest text textposition
0.41 4.7671 4.7355 4.8906 "4.77" 4.8906
1.41 1.8520 1.8431 1.8812 "1.85" 1.8812
2.41 1.2369 1.2152 1.2387 "1.24" 1.2387
3.41 2.2206 2.2169 2.3390 "2.22" 2.3390
4.41 1.4577 1.3531 1.4760 "1.46" 1.4760
5.41 4.1623 4.0218 4.3750 "4.16" 4.3750
6.81 1.4572 1.4321 1.5293 "1.46" 1.5293
7.81 2.0791 1.8417 2.1857 "2.08" 2.1857
8.81 1.9315 1.8122 2.0200 "1.93" 2.0200
10.21 1.2812 1.2657 1.2982 "1.28" 1.2982
11.21 1.5417 1.4806 1.7280 "1.54" 1.7280
12.21 1.6331 1.6236 1.6780 "1.63" 1.6780
13.21 1.5598 1.5562 1.5838 "1.56" 1.5838
14.21 1.3564 1.3495 1.3599 "1.36" 1.3599
15.61 1.2004 1.1650 1.2703 "1.20" 1.2703
EOD
$jax << EOD
# y ratio lowest highest text textposition
0.79 1.7485 1.7348 1.7663 "1.75" 2.0000
1.79 1.1834 1.1687 1.2409 "1.18" 2.0000
2.79 1.0710 1.0692 1.1182 "1.07" 1.1500
3.79 1.2164 1.1967 1.2389 "1.22" 2.0000
4.79 1.0565 1.0105 1.0684 "1.06" 1.1500
5.79 1.6073 1.5479 1.6837 "1.61" 1.6837
7.19 1.3857 1.3490 1.4901 "1.39" 1.4901
8.19 6.3163 5.9793 6.3805 "6.32" 6.3805
9.19 3.5650 3.5460 3.7057 "3.56" 3.7057
10.59 1.4009 1.2792 1.5856 "1.40" 1.5856
11.59 7.1989 7.0100 7.4396 "7.20" 7.4396
12.59 4.0228 4.0030 4.1374 "4.02" 4.1374
13.59 4.3476 4.2727 4.4036 "4.35" 4.4036
14.59 3.9247 3.8094 3.9503 "3.92" 3.9503
15.99 1.5674 1.4664 1.6498 "1.57" 1.6498
EOD
$target << EOD
# y target
0.79 2
1.79 2
2.79 1.15
3.79 2
4.79 1.15
7.19 1.25
7.81 1.45
8.81 1.45
10.21 1.25
11.21 1.45
12.21 1.45
EOD
plot $torch using 2:1:($2<1?$2:1):($2<1?1:$2):($1-0.18):($1+0.18) with boxxyerror fc rgb '#0072B2', \
  $torch using 3:1:($4-$3):(0) with vectors nohead lw 1.5 lc rgb '#222222', \
  $torch using 6:1:5 with labels left offset 0.7,0 font ',10' textcolor rgb '#333333', \
  $jax using 2:1:($2<1?$2:1):($2<1?1:$2):($1-0.18):($1+0.18) with boxxyerror fc rgb '#56B4E9', \
  $jax using 3:1:($4-$3):(0) with vectors nohead lw 1.5 lc rgb '#222222', \
  $jax using 6:1:5 with labels left offset 0.7,0 font ',10' textcolor rgb '#333333', \
  $target using 2:($1-0.22):(0):(0.44) with vectors nohead lw 3 lc rgb '#D55E00'
set output
